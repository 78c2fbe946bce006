"""How the size of the pictures and the learning rate change while a network is trained."""

import math

# (until this part of the steps, side in pixels): small pictures first, since most is learned there.
SIDES = ((0.57, 96), (0.93, 128), (1.0, 160))
PEAK_RATE = 3e-3
LAST_RATE = 0.01 * PEAK_RATE
WARM_UP_STEPS = 300


def side_at(progress: float) -> int:
    """Side of the training pictures; `progress` from 0 to 1."""
    return next((side for until, side in SIDES if progress < until), SIDES[-1][1])


def learning_rate_at(progress: float, step: int) -> float:
    """Half a cosine from PEAK_RATE down to LAST_RATE, after a linear warm-up."""
    cosine = 0.5 * (1 + math.cos(math.pi * progress))
    return min(1, step / WARM_UP_STEPS) * (LAST_RATE + (PEAK_RATE - LAST_RATE) * cosine)


def decay_at(step: int) -> float:
    """Of the running average of the weights: short at first, a thousand steps later on."""
    return min(0.999, (1 + step) / (10 + step))
