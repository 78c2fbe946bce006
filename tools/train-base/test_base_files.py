"""The shipped base, read and written by the recipe."""

import copy
import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

import self_test
from architecture import mobilenet_v2
from base_files import read_base, write_base
from problem import Problem
from topology import from_topology

SHIPPED = Path(__file__).parents[2] / 'public' / 'bases' / 'starter'


class ShippedBase(unittest.TestCase):
    def test_has_the_architecture_that_the_recipe_trains(self):
        network, side = read_base(SHIPPED)
        self.assertEqual(list(network.layers), mobilenet_v2())
        self.assertEqual(side, 128)
        self.assertEqual(sum(values.numel() for *_, values in network.tensors()), 410_208)

    def test_gives_the_activation_of_its_self_test(self):
        found = self_test.document(*read_base(SHIPPED))
        stored = json.loads((SHIPPED / 'selftest.json').read_text())
        distance = np.abs(np.subtract(found.pop('activation'), stored.pop('activation')))
        self.assertLess(distance.max(), 2e-5)
        self.assertEqual(found, stored)

    def test_is_the_same_after_writing_and_reading(self):
        network, side = read_base(SHIPPED)
        with tempfile.TemporaryDirectory() as folder:
            write_base(network, Path(folder), side)
            again, side_again = read_base(Path(folder))
        self.assertEqual(again.layers, network.layers)
        self.assertEqual(side_again, side)
        pairs = zip(network.tensors(), again.tensors(), strict=True)
        for (layer, name, first), (_, _, second) in pairs:
            self.assertTrue(torch.equal(first, second), f'{layer}/{name}')


class Topology(unittest.TestCase):
    def setUp(self):
        model = json.loads((SHIPPED / 'model.json').read_text())
        self.topology = copy.deepcopy(model['modelTopology'])
        self.layers = self.topology['model_config']['config']['layers']

    def test_with_a_layer_of_another_kind_is_refused_by_name(self):
        self.layers[4]['class_name'] = 'Softmax'
        with self.assertRaisesRegex(Problem, r'Conv1_relu \(Softmax\)'):
            from_topology(self.topology)

    def test_with_a_layer_that_reads_from_nowhere_is_refused(self):
        self.layers[4]['inbound_nodes'][0][0][0] = 'elsewhere'
        with self.assertRaisesRegex(Problem, 'elsewhere'):
            from_topology(self.topology)


class SelfTestPicture(unittest.TestCase):
    def test_follows_the_formula(self):
        picture = self_test.picture(64)
        self.assertEqual(picture.shape, (3, 64, 64))
        for c, y, x in ((0, 0, 0), (2, 5, 7), (1, 63, 62)):
            self.assertEqual(picture[c, y, x], (37 * y + 17 * x + 91 * c + y * x) % 256)
