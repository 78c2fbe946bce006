"""Photos with the teacher's logits, in one file, so that training needs neither again."""

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from photos import NO_CLASS
from problem import Problem


@dataclass(frozen=True)
class Prepared:
    """`pixels` (N, 3, S, S) bytes, `labels` (N,), `logits` (N, the teacher's classes) float16."""

    pixels: np.ndarray
    labels: np.ndarray
    logits: np.ndarray

    @property
    def num_classes(self) -> int:
        return int(self.labels.max()) + 1

    @property
    def is_labelled(self) -> bool:
        return bool((self.labels != NO_CLASS).all()) and self.num_classes > 1


def save_prepared(prepared: Prepared, file: Path) -> None:
    """Writes one `.npz`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open('wb') as stream:
        np.savez(stream, pixels=prepared.pixels, labels=prepared.labels, logits=prepared.logits)


def load_prepared(file: Path) -> Prepared:
    """Reads what `save_prepared` wrote. Raises Problem."""
    try:
        with np.load(file) as arrays:
            prepared = Prepared(arrays['pixels'], arrays['labels'], arrays['logits'])
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise Problem(f'{file} was not made by the command prepare') from error
    sizes = {len(prepared.pixels), len(prepared.labels), len(prepared.logits)}
    if len(sizes) != 1 or prepared.pixels.ndim != 4 or prepared.logits.ndim != 2:
        raise Problem(f'{file} does not have one label and one row of logits for each photo')
    return prepared
