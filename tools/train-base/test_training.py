"""Training at a scale of seconds, and what it is made of."""

import unittest

import numpy as np
import torch

from batches import BATCH_SIZE, pass_batches
from prepared import Prepared
from schedule import LAST_RATE, PEAK_RATE, learning_rate_at, side_at
from training import train
from views import random_view


def prepared(num_photos: int) -> Prepared:
    rng = np.random.default_rng(5)
    pixels = rng.integers(0, 256, (num_photos, 3, 32, 32), np.uint8)
    labels = np.arange(num_photos) % 2
    return Prepared(pixels, labels, rng.normal(size=(num_photos, 4)).astype(np.float16))


class Training(unittest.TestCase):
    def weights(self, seed: int) -> torch.Tensor:
        photos = prepared(6)
        self.reports = []
        network = train(photos, [photos], passes=1, seed=seed, report=self.reports.append)
        return torch.cat([values.detach().flatten() for *_, values in network.tensors()])

    def test_gives_the_same_bits_for_the_same_seed_and_others_for_another(self):
        first = self.weights(1)
        self.assertTrue(torch.isfinite(first).all())
        self.assertTrue(torch.equal(first, self.weights(1)))
        self.assertFalse(torch.equal(first, self.weights(2)))

    def test_sees_photos_without_labels_twice_a_pass(self):
        self.weights(1)
        self.assertEqual([each.step for each in self.reports], [1, 2, 3])
        self.assertEqual(self.reports[-1].photos_seen, 18)


class Batches(unittest.TestCase):
    def test_of_a_pass_hold_every_photo_as_often_as_asked(self):
        size = 2 * BATCH_SIZE + 50
        rng = np.random.default_rng(1)
        seen = np.zeros((2, size), int)
        for number, indices in pass_batches([10, size], [1, 2], rng):
            seen[number, indices] += 1
        self.assertTrue((seen[0, :10] == 1).all() and (seen[1] == 2).all())


class Schedule(unittest.TestCase):
    def test_begins_small_and_ends_large(self):
        self.assertEqual([side_at(part) for part in (0, 0.6, 0.95, 1)], [96, 128, 160, 160])

    def test_warms_up_and_falls(self):
        self.assertEqual(learning_rate_at(0, 0), 0)
        self.assertEqual(learning_rate_at(0, 1000), PEAK_RATE)
        self.assertAlmostEqual(learning_rate_at(1, 1000), LAST_RATE)


class Views(unittest.TestCase):
    def test_stay_in_range_at_the_side_asked_for(self):
        view = random_view(prepared(3).pixels, 64, np.random.default_rng(1))
        self.assertEqual(view.shape, (3, 3, 64, 64))
        self.assertLessEqual(view.abs().max().item(), 1)
