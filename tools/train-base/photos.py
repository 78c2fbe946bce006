"""Photos in folders, read as squares of bytes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from problem import Problem

NO_CLASS = -1


@dataclass(frozen=True)
class Photos:
    """`pixels` (N, 3, side, side) bytes; `labels` (N,), NO_CLASS for a photo in no class folder."""

    pixels: np.ndarray
    labels: np.ndarray
    class_names: list[str]
    num_unreadable: int


def read_photos(folder: Path, side: int) -> Photos:
    """Every photo below `folder`, whose subfolders are the classes. Raises Problem."""
    files = find_photos(folder)
    class_names = sorted({name for _, name in files if name is not None})
    numbers = {name: number for number, name in enumerate(class_names)}
    with ThreadPoolExecutor() as pool:
        squares = list(pool.map(lambda file: _try_square(file[0], side), files))
    read = [i for i, square in enumerate(squares) if square is not None]
    if not read:
        raise Problem(f'There is no photo in {folder} that could be read')
    labels = [numbers.get(files[i][1], NO_CLASS) for i in read]
    pixels = np.stack([squares[i] for i in read])
    return Photos(pixels, np.array(labels), class_names, len(files) - len(read))


def find_photos(folder: Path) -> list[tuple[Path, str | None]]:
    """(file, class name) in an order that is the same on every machine."""
    suffixes = Image.registered_extensions()
    files = sorted(
        path for path in folder.rglob('*') if path.suffix.lower() in suffixes and path.is_file()
    )
    return [(file, _class_of(file.relative_to(folder))) for file in files]


def _class_of(file: Path) -> str | None:
    return file.parts[0] if len(file.parts) > 1 else None


def square_of(image: Image.Image, side: int) -> np.ndarray:
    """The centre square, upright, on white, as the app takes it. (3, side, side)"""
    upright = _on_white(ImageOps.exif_transpose(image))
    shorter = min(upright.size)
    left, top = ((size - shorter) // 2 for size in upright.size)
    box = (left, top, left + shorter, top + shorter)
    resized = upright.resize((side, side), Image.Resampling.BILINEAR, box=box)
    return np.asarray(resized).transpose(2, 0, 1)


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert('RGB')
    white = Image.new('RGBA', image.size, 'white')
    return Image.alpha_composite(white, image.convert('RGBA')).convert('RGB')


def _try_square(file: Path, side: int) -> np.ndarray | None:
    """One damaged photo among a hundred thousand is counted, not fatal."""
    try:
        with Image.open(file) as image:
            return square_of(image, side)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
