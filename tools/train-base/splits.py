"""Which photos a probe learns from and which it is tested with."""

import numpy as np

# Either a part of each class, the rest being tested, or numbers of photos of each class.
Split = float | tuple[int, int]


def split_photos(labels: np.ndarray, split: Split, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """(indices to learn from, indices to test with), chosen at random within each class."""
    rng = np.random.default_rng(seed)
    learn, test = [], []
    for label in range(int(labels.max()) + 1):
        shuffled = rng.permutation(np.flatnonzero(labels == label))
        num_learn, num_test = _counts(len(shuffled), split)
        learn.append(shuffled[:num_learn])
        test.append(shuffled[num_learn : num_learn + num_test])
    return np.concatenate(learn), np.concatenate(test)


def _counts(num_photos: int, split: Split) -> tuple[int, int]:
    if isinstance(split, tuple):
        return split
    num_learn = round(split * num_photos)
    return num_learn, num_photos - num_learn


def fits(labels: np.ndarray, split: Split) -> bool:
    """Whether every class has enough photos, and at least one on either side."""
    counts = [(*_counts(count, split), count) for count in np.bincount(labels)]
    return all(learn > 0 and test > 0 and learn + test <= count for learn, test, count in counts)
