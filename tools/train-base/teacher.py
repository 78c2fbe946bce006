"""What the teacher says about photos: Keras' MobileNetV2 with its classes, run on PyTorch."""

import os
from pathlib import Path

os.environ['KERAS_BACKEND'] = 'torch'

# Reads the choice of backend as it is imported.
import keras
import numpy as np
import torch
import torch.nn.functional as F

from network import input_values
from problem import Problem

TEACHER_SIDE = 160
BATCH_SIZE = 64


def load_teacher(weights: Path) -> keras.Model:
    """MobileNetV2 of width 1 with 1,000 classes, from a Keras weights file. Raises Problem."""
    shape = (TEACHER_SIDE, TEACHER_SIDE, 3)
    try:
        return keras.applications.MobileNetV2(
            input_shape=shape, weights=str(weights), classifier_activation=None
        )
    except (OSError, ValueError, KeyError) as error:
        reason = str(error).strip().splitlines()[0]
        what = "the weights of Keras' MobileNetV2 with its top"
        raise Problem(f'{weights} does not hold {what}: {reason}') from error


@torch.no_grad()
def teacher_logits(teacher: keras.Model, pixels: np.ndarray) -> np.ndarray:
    """(N, 3, S, S) bytes to (N, number of classes) logits as float16; one view of each photo."""
    batches = []
    for start in range(0, len(pixels), BATCH_SIZE):
        batch = _at_teacher_side(input_values(pixels[start : start + BATCH_SIZE]))
        logits = teacher(batch.permute(0, 2, 3, 1), training=False)
        batches.append(logits.numpy().astype(np.float16))
    return np.concatenate(batches)


def _at_teacher_side(batch: torch.Tensor) -> torch.Tensor:
    shrinks = batch.shape[-1] > TEACHER_SIDE
    return F.interpolate(batch, size=TEACHER_SIDE, mode='bilinear', antialias=shrinks)
