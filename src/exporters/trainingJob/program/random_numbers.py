"""Graft's seeded random numbers, so that photos come in the same batches as in the app."""

import math

MASK = 0xFFFFFFFF
WARM_UP_DRAWS = 15
# Where normal distributions are cut off, in deviations, and what that leaves of a deviation of 1.
CUT_OFF, DEVIATION_OF_CUT = 2, 0.8796256610342398


class Random:
    """Generator sfc32 of Chris Doty-Humphrey's PractRand."""

    def __init__(self, seed):
        self.a, self.b, self.c, self.counter = 0, seed & MASK, (seed >> 32) & MASK, 1
        for _ in range(WARM_UP_DRAWS):
            self.next()

    def next(self):
        """Uniform in [0, 1)."""
        total = (self.a + self.b + self.counter) & MASK
        self.counter = (self.counter + 1) & MASK
        self.a = self.b ^ (self.b >> 9)
        self.b = (self.c + (self.c << 3)) & MASK
        self.c = ((((self.c << 21) & MASK) | (self.c >> 11)) + total) & MASK
        return total / 2**32

    def shuffled(self, items):
        copy = list(items)
        for last in range(len(copy) - 1, 0, -1):
            pick = int(self.next() * (last + 1))
            copy[last], copy[pick] = copy[pick], copy[last]
        return copy

    def normal(self):
        """Cut off at two deviations, and not yet widened to make up for it."""
        while True:
            radius = math.sqrt(-2 * math.log(1 - self.next()))
            value = radius * math.cos(2 * math.pi * self.next())
            if abs(value) <= CUT_OFF:
                return value


def of_epoch(seed, epoch):
    return Random(seed + epoch * 2**32)
