"""Random views of photos, so that no network sees the same picture twice."""

import math

import numpy as np
import torch
import torch.nn.functional as F

from network import input_values

SMALLEST_AREA = 0.6
CONTRAST = (0.8, 1.2)
BRIGHTNESS = (-0.15, 0.15)


def random_view(pixels: np.ndarray, side: int, rng: np.random.Generator) -> torch.Tensor:
    """(N, 3, S, S) bytes to (N, 3, side, side) in [-1, 1]: a crop, a flip, brightness and contrast.

    Crop and flip are the same for the whole batch, which costs nothing in accuracy and is fast.
    """
    whole = pixels.shape[-1]
    part = round(whole * math.sqrt(rng.uniform(SMALLEST_AREA, 1)))
    top, left = rng.integers(0, whole - part + 1, 2)
    batch = input_values(pixels[:, :, top : top + part, left : left + part])
    if rng.random() < 0.5:
        batch = batch.flip(3)
    contrast = _one_per_photo(rng.uniform(*CONTRAST, len(batch)))
    brightness = _one_per_photo(rng.uniform(*BRIGHTNESS, len(batch)))
    batch = (batch * contrast + brightness).clamp(-1, 1)
    batch = F.interpolate(batch, size=side, mode='bilinear', antialias=part > side)
    return batch.contiguous(memory_format=torch.channels_last)


def _one_per_photo(values: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(values).float().view(-1, 1, 1, 1)
