"""How weights are packed."""

import unittest

import numpy as np

from problem import Problem
from weights_file import pack, to_keras, to_torch, unpack


class Packing(unittest.TestCase):
    def test_writes_half_precision_little_endian_end_to_end(self):
        data, entries = pack({'a/kernel': np.array([[1.0, -2.0]]), 'b/bias': np.array([0.5])})
        self.assertEqual(data.hex(), '003c' + '00c0' + '0038')
        self.assertEqual([entry['name'] for entry in entries], ['a/kernel', 'b/bias'])
        self.assertEqual(entries[0]['shape'], [1, 2])
        self.assertEqual(entries[0]['quantization']['dtype'], 'float16')

    def test_refuses_what_half_precision_cannot_hold(self):
        for value in (1e6, np.nan):
            with self.assertRaisesRegex(Problem, 'a/kernel'):
                pack({'a/kernel': np.array([value])})

    def test_reads_half_and_full_precision_back(self):
        data, entries = pack({'half': np.array([[0.25], [3.0]])})
        entries.append({'name': 'full', 'shape': [1], 'dtype': 'float32'})
        tensors = unpack(data + np.float32(0.1).tobytes(), entries)
        self.assertEqual(tensors['half'].tolist(), [[0.25], [3.0]])
        self.assertEqual(tensors['full'][0], np.float32(0.1))

    def test_refuses_more_or_fewer_bytes_than_the_manifest_says(self):
        data, entries = pack({'a': np.zeros(3)})
        with self.assertRaisesRegex(Problem, 'end before a'):
            unpack(data[:-1], entries)
        with self.assertRaisesRegex(Problem, '2 bytes more'):
            unpack(data + b'\0\0', entries)


class Axes(unittest.TestCase):
    def test_of_kernels_change_places_and_back(self):
        for tensor, torch_shape, keras_shape in (
            ('kernel', (8, 4, 3, 5), (3, 5, 4, 8)),
            ('depthwise_kernel', (8, 1, 3, 5), (3, 5, 8, 1)),
            ('gamma', (8,), (8,)),
        ):
            values = np.arange(np.prod(torch_shape)).reshape(torch_shape)
            keras = to_keras(tensor, values)
            self.assertEqual(keras.shape, keras_shape)
            self.assertTrue((to_torch(tensor, keras) == values).all())
