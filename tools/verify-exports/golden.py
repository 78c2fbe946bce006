"""What every check of this folder needs: the golden pictures, and how to say what came out."""

import json
import sys
from pathlib import Path

# What the runner takes for "skipped", not for "failed".
SKIPPED = 77
# What it takes for "none of these files were there".
NOTHING = 78


def skip(packages):
    print(f"skipped: needs Python with {packages}")
    sys.exit(SKIPPED)


try:
    import numpy as np
except ImportError:
    skip("numpy")


def read_golden(folder):
    """Pictures as [count, height, width, 3] of 0 to 255, and the app's probabilities for them."""
    shape = json.loads((folder / "golden.json").read_text())["shape"]
    pixels = np.fromfile(folder / "pixels.bin", np.uint8).reshape(shape)
    probabilities = np.fromfile(folder / "probabilities.bin", "<f4").reshape(shape[0], -1)
    return pixels.astype(np.float32), probabilities


def largest_difference(folder):
    """Between the app's probabilities and those of the runtime that checked the file there."""
    return json.loads((folder / "golden.json").read_text())["largestDifference"]


def check_folders(file_names, open_model, tolerance):
    """
    Runs the golden pictures of each folder on the command line through every file in it that has one of
    the names. `open_model(path)` gives a function from pictures to probabilities. Gives the program's exit
    status.
    """
    paths = [
        (folder, folder / name)
        for folder in map(Path, sys.argv[1:])
        for name in file_names
        if (folder / name).exists()
    ]
    failures = sum(not check(folder, path, open_model, tolerance) for folder, path in paths)
    print(f"{len(paths) - failures} of {len(paths)} files within {tolerance}")
    return exit_status(len(paths), failures)


def exit_status(num_files, num_failures):
    return 1 if num_failures > 0 else 0 if num_files > 0 else NOTHING


def check(folder, path, open_model, tolerance):
    pixels, expected = read_golden(folder)
    try:
        answer = np.asarray(open_model(path)(pixels))
        fits = answer.shape == expected.shape
        difference = float(np.abs(answer - expected).max()) if fits else float("nan")
        problem = "" if fits else f", answers {answer.shape} instead of {expected.shape}"
    except Exception as error:  # Whatever a runtime throws is what the report is for.
        difference, problem = float("nan"), f", {type(error).__name__}: {error}"
    is_fine = difference <= tolerance
    print(f"{'ok' if is_fine else 'FAILED'}  {folder.name}/{path.name}  {difference:.1e}{problem}")
    return is_fine
