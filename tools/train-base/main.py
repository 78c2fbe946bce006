"""Makes the starter base from photos and a teacher: python tools/train-base/main.py --help"""

import argparse
import hashlib
import sys
import time
from pathlib import Path

from arguments import parse_arguments
from base_files import write_base
from photos import read_photos
from prepared import Prepared, load_prepared, save_prepared
from problem import Problem
from table import accuracy_table
from training import Progress, train

STEPS_PER_REPORT = 200


def main() -> None:
    arguments = parse_arguments()
    commands = {'prepare': run_prepare, 'train': run_train, 'probe': run_probe}
    try:
        commands[arguments.command](arguments)
    except Problem as problem:
        sys.exit(str(problem))


def run_prepare(arguments: argparse.Namespace) -> None:
    # Keras takes seconds to start, and only this command needs it.
    from teacher import load_teacher, teacher_logits

    teacher = load_teacher(arguments.teacher)
    photos = read_photos(arguments.photos, arguments.side)
    num_photos, num_classes = len(photos.labels), len(photos.class_names)
    print(f'{num_photos} photos in {num_classes} classes, {photos.num_unreadable} unreadable')
    logits = teacher_logits(teacher, photos.pixels)
    save_prepared(Prepared(photos.pixels, photos.labels, logits), arguments.out)
    print(f'{arguments.out}: photos of {arguments.side} pixels, {logits.shape[1]} logits each')


def run_train(arguments: argparse.Namespace) -> None:
    labelled = None if arguments.labelled is None else load_prepared(arguments.labelled)
    unlabelled = [load_prepared(file) for file in arguments.unlabelled]
    check_sets(labelled, unlabelled, arguments.labelled)
    if arguments.out.exists() and not arguments.out.is_dir():
        raise Problem(f'{arguments.out} is a file, and a folder is to be written there')
    started = time.monotonic()

    def report(progress: Progress) -> None:
        if progress.step % STEPS_PER_REPORT == 0 or progress.step == progress.num_steps:
            speed = progress.photos_seen / (time.monotonic() - started)
            print(
                f'step {progress.step} of {progress.num_steps}, {progress.side} pixels, '
                f'loss {progress.loss:.3f}, {speed:.0f} photos/s',
                flush=True,
            )

    passes, seed = arguments.passes, arguments.seed
    network = train(labelled, unlabelled, passes=passes, seed=seed, report=report)
    write_base(network, arguments.out, arguments.side)
    print_files(arguments.out)


def check_sets(labelled: Prepared | None, unlabelled: list[Prepared], file: Path | None) -> None:
    """Raises Problem where the sets do not go together."""
    if labelled is not None and not labelled.is_labelled:
        raise Problem(f'{file} has photos outside of class folders, or only one class')
    sets = [*([] if labelled is None else [labelled]), *unlabelled]
    if len({each.logits.shape[1] for each in sets}) > 1:
        raise Problem('The sets were prepared with teachers of different numbers of classes')


def print_files(folder: Path) -> None:
    for name in ('model.json', 'weights.bin', 'selftest.json'):
        data = (folder / name).read_bytes()
        print(f'{folder / name}: {len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}')


def run_probe(arguments: argparse.Namespace) -> None:
    print(accuracy_table(arguments.base, arguments.beside, dict(arguments.task)))


if __name__ == '__main__':
    main()
