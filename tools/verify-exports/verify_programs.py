"""Runs the Python programs that go along with exports on a JPEG file, lying on its side by EXIF."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from golden import exit_status, np, skip

try:
    from PIL import Image
except ImportError:
    skip("pillow")

# What JPEG loses of the picture.
TOLERANCE = 1e-3
PACKAGES = {
    "onnx": ["onnxruntime"],
    "keras": ["keras", "tensorflow"],
    "keras-h5": ["keras", "tensorflow"],
    "tflite": ["tensorflow"],
}
ROTATE_RIGHT = 6


def write_photo(folder, expected):
    shape = (expected["height"], expected["width"], 4)
    pixels = np.fromfile(folder / "photo.bin", np.uint8).reshape(shape)
    photo = Image.fromarray(pixels).convert("RGB").transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = ROTATE_RIGHT
    path = folder / "photo.jpg"
    photo.save(path, quality=95, subsampling=0, exif=exif)
    return path


def check(folder, expected, photo):
    program = subprocess.run(
        [sys.executable, folder / "predict.py", photo], capture_output=True, text=True
    )
    if program.returncode != 0:
        print(f"FAILED  {folder.name}/predict.py: {program.stderr.strip()}")
        return False
    answer = json.loads(program.stdout)
    differences = np.abs(np.subtract(answer["probabilities"], expected["probabilities"]))
    best = expected["labels"][int(np.argmax(expected["probabilities"]))]
    is_fine = differences.max() < TOLERANCE and answer["class"] == best
    print(f"{'ok' if is_fine else 'FAILED'}  {folder.name}/predict.py  {differences.max():.1e}")
    return is_fine


roots = [root for root in map(Path, sys.argv[1:]) if (root / "programs.json").exists()]
failures = 0
for root in roots:
    expected = json.loads((root / "programs.json").read_text())
    photo = write_photo(root, expected)
    for name, packages in PACKAGES.items():
        if missing := [package for package in packages if find_spec(package) is None]:
            print(f"skipped: {name}/predict.py needs {', '.join(missing)}")
        else:
            failures += not check(root / name, expected, photo)
sys.exit(exit_status(len(roots), failures))
