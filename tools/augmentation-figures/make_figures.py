"""Augmented pictures by torchvision, for src/engine/augmentation's tests.

    python3 -m venv venv && venv/bin/pip install torch==2.13.0 torchvision==0.28.0 pillow==12.3.0
    venv/bin/python tools/augmentation-figures/make_figures.py \
        > src/engine/augmentation/figures/augmented.json

Flips, crops and colours are torchvision's on Pillow images, the blur is its own on tensors. Its
rotation cannot mirror what lies outside, so that is torch's grid_sample with reflection padding.
"""

import json
import math

import numpy
import torch
from PIL import Image

# The wheel's compiled operations are for machines with CUDA; nothing here uses them.
OPERATIONS = torch.library.Library("torchvision", "DEF")
for name in ("nms", "qnms"):
    OPERATIONS.define(f"{name}(Tensor boxes, Tensor scores, float threshold) -> Tensor")
from torchvision.transforms import functional  # noqa: E402

WIDTH, HEIGHT = 12, 9


def picture(width, height):
    """The formula that the tests use too: smooth enough to interpolate, different in each channel."""
    rows = [[[round(127.5 + 127.5 * math.sin(0.5 * x + 0.7 * y * (c + 1) / 2 + 2 * c))
              for c in range(3)] for x in range(width)] for y in range(height)]
    return numpy.array(rows, dtype="uint8")


def rotated(pixels, degrees):
    """Clockwise about the centre, mirrored at the outermost pixels' centres."""
    height, width, _ = pixels.shape
    angle = math.radians(degrees)
    y, x = numpy.mgrid[0:height, 0:width]
    dx, dy = x - (width - 1) / 2, y - (height - 1) / 2
    # In grid_sample's units -1 and 1 are the centres of the outermost pixels.
    from_x = (math.cos(angle) * dx + math.sin(angle) * dy) / ((width - 1) / 2)
    from_y = (math.cos(angle) * dy - math.sin(angle) * dx) / ((height - 1) / 2)
    grid = torch.tensor(numpy.stack([from_x, from_y], axis=-1))[None]
    planes = torch.tensor(pixels).double().permute(2, 0, 1)[None]
    result = torch.nn.functional.grid_sample(
        planes, grid, mode="bilinear", padding_mode="reflection", align_corners=True)
    return result[0].permute(1, 2, 0).numpy()


def blurred(pixels, sigma):
    planes = torch.tensor(pixels).double().permute(2, 0, 1)
    kernel = 2 * round(3 * sigma) + 1
    return functional.gaussian_blur(planes, [kernel, kernel], [sigma, sigma]).permute(1, 2, 0).numpy()


def main():
    pixels = picture(WIDTH, HEIGHT)
    image = Image.fromarray(pixels)
    large = Image.fromarray(picture(40, 30))
    results = {
        "across": functional.hflip(image),
        "down": functional.vflip(image),
        "rotated": rotated(pixels, 25),
        "rotatedBack": rotated(pixels, -140),
        "crop": functional.resized_crop(large, 6, 8, 18, 24, [HEIGHT, WIDTH]),
        "bright": functional.adjust_brightness(image, 1.4),
        "dark": functional.adjust_brightness(image, 0.6),
        "contrasty": functional.adjust_contrast(image, 1.5),
        "flat": functional.adjust_contrast(image, 0.4),
        "saturated": functional.adjust_saturation(image, 1.7),
        "pale": functional.adjust_saturation(image, 0.3),
        "hue": functional.adjust_hue(torch.tensor(pixels).permute(2, 0, 1) / 255, 50 / 360)
        .permute(1, 2, 0).numpy() * 255,
        "hueBack": functional.adjust_hue(torch.tensor(pixels).permute(2, 0, 1) / 255, -130 / 360)
        .permute(1, 2, 0).numpy() * 255,
        "blurred": blurred(pixels, 0.8),
    }
    print(json.dumps({name: numpy.round(numpy.asarray(each, dtype="float64"), 2).ravel().tolist()
                      for name, each in results.items()}))


main()
