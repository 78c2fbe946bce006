"""Photos in folders, on pictures that the test makes."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
from PIL import Image

from photos import NO_CLASS, read_photos, square_of
from problem import Problem
from rivals import colour_histograms


class Square(unittest.TestCase):
    def test_is_the_centre(self):
        picture = np.zeros((2, 5, 3), np.uint8)
        picture[:, 1:3] = (10, 20, 30)
        square = square_of(Image.fromarray(picture), 2)
        self.assertEqual(square[:, 0, 0].tolist(), [10, 20, 30])
        self.assertEqual(square.shape, (3, 2, 2))
        self.assertEqual(len(np.unique(square[0])), 1)

    def test_is_upright(self):
        picture = Image.new('RGB', (4, 4))
        picture.paste((255, 255, 255), (0, 0, 4, 2))
        exif = picture.getexif()
        exif[0x0112] = 3
        with tempfile.TemporaryDirectory() as folder:
            picture.save(f'{folder}/turned.png', exif=exif)
            with Image.open(f'{folder}/turned.png') as turned:
                square = square_of(turned, 4)
        self.assertEqual(square[0, :, 0].tolist(), [0, 0, 255, 255])

    def test_is_laid_on_white(self):
        square = square_of(Image.new('RGBA', (2, 2), (200, 0, 0, 0)), 2)
        self.assertTrue((square == 255).all())


class Folders(unittest.TestCase):
    def test_are_classes_and_damaged_photos_are_counted(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for place in ('b/deep/1.png', 'a/2.png', '3.png'):
                (folder / place).parent.mkdir(parents=True, exist_ok=True)
                Image.new('RGB', (3, 3)).save(folder / place)
            (folder / 'a' / 'broken.jpg').write_bytes(b'no photo')
            (folder / 'a' / 'notes.txt').write_text('no photo either')
            photos = read_photos(folder, 32)
        self.assertEqual(photos.class_names, ['a', 'b'])
        self.assertEqual(photos.labels.tolist(), [NO_CLASS, 0, 1])
        self.assertEqual(photos.num_unreadable, 1)
        self.assertEqual(photos.pixels.shape, (3, 3, 32, 32))

    def test_without_a_photo_are_refused(self):
        nothing = self.assertRaisesRegex(Problem, 'no photo')
        with tempfile.TemporaryDirectory() as folder, nothing:
            read_photos(Path(folder), 32)


class Colours(unittest.TestCase):
    def test_are_counted_by_channel_and_sixteenth(self):
        pixels = np.zeros((1, 3, 2, 2), np.uint8)
        pixels[0, 2] = [[0, 15], [16, 255]]
        (row,) = colour_histograms(pixels)
        self.assertEqual(row.shape, (48,))
        self.assertEqual(row[0], 1)
        self.assertEqual([*row[32:34], row[47]], [0.5, 0.25, 0.25])
