"""The table of linear-probe accuracies."""

from pathlib import Path

import numpy as np

from base_files import read_base
from network import activations
from photos import NO_CLASS, Photos, read_photos
from probe import probe
from problem import Problem
from rivals import colour_histograms, random_activations
from splits import Split, fits

# (what the row says, split, number of seeds)
PROTOCOLS: tuple[tuple[str, Split, int], ...] = (
    ('60 % / 40 %, 3 seeds', 0.6, 3),
    ('60 + 40 a class, 5 seeds', (60, 40), 5),
)
FINE_SIDE = 160


def accuracy_table(base: Path, beside: list[Path], tasks: dict[str, Path]) -> str:
    """Markdown: a row per task and protocol, a column per base. Raises Problem."""
    head: list[str] = []
    rows: list[list[str]] = []
    for name, folder in tasks.items():
        columns, labels = _columns(base, beside, folder)
        protocols = [each for each in PROTOCOLS if fits(labels, each[1])]
        if not protocols:
            raise Problem(f'The classes in {folder} have too few photos to test with')
        head = ['task', *columns]
        for title, split, num_seeds in protocols:
            accuracies = [probe(each, labels, split, num_seeds) for each in columns.values()]
            rows.append([f'{name}, {title}', *map(str, accuracies)])
    return markdown(head, rows)


def _columns(
    base: Path, beside: list[Path], folder: Path
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """A row of numbers per photo by each way to get one, and the photos' labels."""
    network, side = read_base(base)
    photos = _labelled_photos(folder, side)
    columns = {f'{base.name} {side}': activations(network, photos.pixels)}
    if side != FINE_SIDE:
        pixels = read_photos(folder, FINE_SIDE).pixels
        columns[f'{base.name} {FINE_SIDE}'] = activations(network, pixels)
    for other in beside:
        other_network, other_side = read_base(other)
        pixels = read_photos(folder, other_side).pixels
        columns[f'{other.name} {other_side}'] = activations(other_network, pixels)
    columns['random weights'] = random_activations(photos.pixels, seed=1)
    columns['colours'] = colour_histograms(photos.pixels)
    return columns, photos.labels


def _labelled_photos(folder: Path, side: int) -> Photos:
    photos = read_photos(folder, side)
    if len(photos.class_names) < 2 or (photos.labels == NO_CLASS).any():
        raise Problem(f'{folder} does not have each photo in one of several class folders')
    return photos


def markdown(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ['---'] * len(head), *rows]
    return '\n'.join(f'| {" | ".join(cells)} |' for cells in lines)
