"""Augmented views of photos, with the numbers that Graft has drawn for each."""

import numpy as np
from PIL import Image, ImageEnhance
from scipy.ndimage import gaussian_filter1d, map_coordinates

ERASED_GREY = 128


def changed(pixels, view):
    """What the view makes of its part of the photo: [height, width, 3], 0 to 255."""
    turned = rounded(turn(pixels.astype(np.float64), view))
    coloured = turn_hues(enhance(turned, view), view["hueDegrees"])
    sigma = view["blur"] * min(pixels.shape[:2])
    return erase(rounded(blur(coloured, sigma)), view["erased"])


def rounded(pixels):
    return np.clip(np.rint(pixels), 0, 255).astype(np.uint8)


def turn(pixels, view):
    """Flipped, then rotated clockwise; what comes in from outside is the photo mirrored."""
    height, width = pixels.shape[:2]
    angle = np.deg2rad(view["rotationDegrees"])
    centre_y, centre_x = (height - 1) / 2, (width - 1) / 2
    dy, dx = np.mgrid[0:height, 0:width] - np.array([centre_y, centre_x])[:, None, None]
    across = -1 if view["isFlippedAcross"] else 1
    down = -1 if view["isFlippedDown"] else 1
    x = centre_x + across * (np.cos(angle) * dx + np.sin(angle) * dy)
    y = centre_y + down * (np.cos(angle) * dy - np.sin(angle) * dx)
    channels = [
        map_coordinates(pixels[..., channel], [y, x], order=1, mode="mirror")
        for channel in range(3)
    ]
    return np.stack(channels, axis=-1)


def enhance(pixels, view):
    photo = Image.fromarray(pixels)
    for kind, factor in (
        (ImageEnhance.Brightness, view["brightness"]),
        (ImageEnhance.Contrast, view["contrast"]),
        (ImageEnhance.Color, view["saturation"]),
    ):
        if factor != 1:
            photo = kind(photo).enhance(factor)
    return np.asarray(photo, np.float64)


def turn_hues(pixels, degrees):
    """Round the hexagon of HSV, with saturation and value kept."""
    value = pixels.max(axis=-1)
    chroma = value - pixels.min(axis=-1)
    if degrees == 0:
        return pixels
    red, green, blue = np.moveaxis(pixels, -1, 0)
    scale = np.where(chroma == 0, 1, chroma)
    hue = np.where(
        value == red,
        (green - blue) / scale,
        np.where(value == green, 2 + (blue - red) / scale, 4 + (red - green) / scale),
    )
    sides = (5 - 2 * np.arange(3) + (hue + degrees / 60)[..., None] + 12) % 6
    course = np.clip(np.minimum(np.minimum(sides, 4 - sides), 1), 0, None)
    return value[..., None] - chroma[..., None] * course


def blur(pixels, sigma):
    radius = int(3 * sigma + 0.5)
    if radius == 0:
        return pixels
    rows = gaussian_filter1d(pixels, sigma, axis=1, mode="mirror", radius=radius)
    return gaussian_filter1d(rows, sigma, axis=0, mode="mirror", radius=radius)


def erase(pixels, box):
    if box is None:
        return pixels
    height, width = pixels.shape[:2]
    left, right = (int(x * width + 0.5) for x in (box["left"], box["left"] + box["width"]))
    top, bottom = (int(y * height + 0.5) for y in (box["top"], box["top"] + box["height"]))
    pixels[top:bottom, left:right] = ERASED_GREY
    return pixels
