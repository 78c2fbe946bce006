"""The probe and its splits, on rows whose answer is known."""

import unittest

import numpy as np

from probe import probe
from splits import fits, split_photos
from table import markdown

LABELS = np.repeat([0, 1], 50)


class Splits(unittest.TestCase):
    def test_take_a_part_of_each_class_and_test_with_the_rest(self):
        learn, test = split_photos(LABELS, 0.6, seed=1)
        self.assertEqual(np.bincount(LABELS[learn]).tolist(), [30, 30])
        self.assertEqual(sorted([*learn, *test]), list(range(100)))

    def test_take_as_many_as_asked_for(self):
        learn, test = split_photos(LABELS, (10, 5), seed=1)
        self.assertEqual((len(learn), len(test)), (20, 10))
        self.assertFalse(set(learn) & set(test))

    def test_fit_only_where_every_class_has_enough(self):
        self.assertTrue(fits(LABELS, (40, 10)))
        self.assertFalse(fits(LABELS, (40, 11)))
        self.assertFalse(fits(np.array([0, 0, 0, 1]), 0.6))


class Probe(unittest.TestCase):
    def test_finds_what_the_rows_say_and_nothing_in_noise(self):
        noise = np.random.default_rng(1).normal(size=(100, 8))
        told = np.column_stack([noise, LABELS * 4.0])
        self.assertGreater(probe(told, LABELS, 0.6, 3).mean, 0.95)
        self.assertLess(probe(noise, LABELS, 0.6, 3).mean, 0.7)


class Table(unittest.TestCase):
    def test_is_markdown(self):
        self.assertEqual(markdown(['a', 'b'], [['1', '2']]), '| a | b |\n| --- | --- |\n| 1 | 2 |')
