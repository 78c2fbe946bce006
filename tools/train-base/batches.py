"""Which photos come together, and in which order."""

from collections.abc import Iterator

import numpy as np

BATCH_SIZE = 192
# Photos without labels are fewer and larger: each is seen twice while a labelled one is seen once.
UNLABELLED_REPEATS = 2


def batches_per_pass(num_photos: int) -> int:
    """Batches of about BATCH_SIZE; a small set makes one batch of its own."""
    return max(1, num_photos // BATCH_SIZE)


def pass_batches(
    set_sizes: list[int], repeats: list[int], rng: np.random.Generator
) -> Iterator[tuple[int, np.ndarray]]:
    """One pass in random order: (number of the set, ascending indices of its photos)."""
    batches = [
        (number, np.sort(indices))
        for number, (size, repeat) in enumerate(zip(set_sizes, repeats, strict=True))
        for _ in range(repeat)
        for indices in np.array_split(rng.permutation(size), batches_per_pass(size))
    ]
    for position in rng.permutation(len(batches)):
        yield batches[position]
