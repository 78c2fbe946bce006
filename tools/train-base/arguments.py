"""The command line, checked before anything is read or computed."""

import argparse
import math
from pathlib import Path

# The network halves its input five times.
SIDE_STEP = 32
LARGEST_SIDE = 512


def parse_arguments() -> argparse.Namespace:
    """Exits with a sentence where something is missing or out of range."""
    parser = argparse.ArgumentParser(description='Makes the starter base; see README.md.')
    commands = parser.add_subparsers(dest='command', required=True)

    prepare = commands.add_parser('prepare', help='read photos and ask the teacher about them')
    prepare.add_argument('--photos', type=folder, required=True, metavar='FOLDER')
    prepare.add_argument('--teacher', type=file, required=True, metavar='FILE.h5')
    prepare.add_argument('--side', type=side, default=160, help='pixels kept of each photo')
    prepare.add_argument('--out', type=Path, required=True, metavar='FILE.npz')

    train = commands.add_parser('train', help='train a network and write it as a base')
    train.add_argument('--labelled', type=file, metavar='FILE.npz')
    train.add_argument('--unlabelled', type=file, nargs='+', default=[], metavar='FILE.npz')
    train.add_argument('--passes', type=positive, default=9.3)
    train.add_argument('--seed', type=seed, default=1)
    train.add_argument('--side', type=side, default=128, help='input of the base in pixels')
    train.add_argument('--out', type=Path, required=True, metavar='FOLDER')

    probe = commands.add_parser('probe', help='print how far the activations of a base carry')
    probe.add_argument('--base', type=folder, required=True, metavar='FOLDER')
    probe.add_argument('--beside', type=folder, nargs='+', default=[], metavar='FOLDER')
    probe.add_argument('--task', type=task, nargs='+', required=True, metavar='NAME=FOLDER')

    arguments = parser.parse_args()
    if arguments.command == 'train' and arguments.labelled is None and not arguments.unlabelled:
        train.error('there is nothing to learn from: give --labelled, --unlabelled or both')
    return arguments


def folder(text: str) -> Path:
    """A folder that is there."""
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f'there is no folder {text}')
    return path


def file(text: str) -> Path:
    """A file that is there."""
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f'there is no file {text}')
    return path


def side(text: str) -> int:
    """Pixels on each side of a square."""
    value = int(text) if text.isdecimal() else 0
    if value % SIDE_STEP != 0 or not SIDE_STEP <= value <= LARGEST_SIDE:
        message = f'{text} is not a multiple of {SIDE_STEP} from {SIDE_STEP} to {LARGEST_SIDE}'
        raise argparse.ArgumentTypeError(message)
    return value


def seed(text: str) -> int:
    """A whole number that both random generators take."""
    if not text.isdecimal() or int(text) >= 2**32:
        raise argparse.ArgumentTypeError(f'{text} is not a whole number from 0 to {2**32 - 1}')
    return int(text)


def positive(text: str) -> float:
    """A number above zero."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f'{text} is not a number above zero')
    return value


def task(text: str) -> tuple[str, Path]:
    """A name and a folder with a folder for each class."""
    name, separator, path = text.partition('=')
    if not name or not separator:
        raise argparse.ArgumentTypeError(f'{text} is not NAME=FOLDER')
    return name, folder(path)
