"""From a photo to the input of the model, as preprocessing.json says it."""

import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

FOLDER = Path(__file__).parent
SPEC = json.loads((FOLDER / "preprocessing.json").read_text(encoding="utf-8"))["spec"]
SIZE = (SPEC["inputWidth"], SPEC["inputHeight"])
LABELS = [
    line.split(" ", 1)[1]
    for line in (FOLDER / "labels.txt").read_text(encoding="utf-8").split("\n")[:-1]
]


def read_photo(path, part=(0, 0, 1, 1)):
    """
    RGB from 0 to 255 as float32: [height, width, 3]. `part`: left, top, width and height, in shares of what
    the framing takes, of what is seen.
    """
    photo = ImageOps.exif_transpose(Image.open(path)).convert("RGBA")
    on_white = Image.new("RGBA", photo.size, "white")
    on_white.alpha_composite(photo)
    return np.asarray(framed(on_white.convert("RGB"), part), np.float32)


def framed(photo, part):
    box, size = (0, 0, *photo.size), SIZE
    if SPEC["framing"] == "centre-square":
        scale = min(photo.width / SIZE[0], photo.height / SIZE[1])
        width, height = scaled(SIZE, scale, photo.size)
        left, top = (photo.width - width) // 2, (photo.height - height) // 2
        box = (left, top, left + width, top + height)
    elif SPEC["framing"] == "padded":
        scale = min(SIZE[0] / photo.width, SIZE[1] / photo.height)
        size = scaled(photo.size, scale, SIZE)
    seen = photo.resize(size, Image.Resampling.BILINEAR, box=part_of(box, part))
    if size == SIZE:
        return seen
    canvas = Image.new("RGB", SIZE, "white")
    canvas.paste(seen, ((SIZE[0] - seen.width) // 2, (SIZE[1] - seen.height) // 2))
    return canvas


def part_of(box, part):
    left, top, right, bottom = box
    x, y = left + part[0] * (right - left), top + part[1] * (bottom - top)
    # No further than the box, to the last bit.
    width, height = part[2] * (right - left), part[3] * (bottom - top)
    return (x, y, min(x + width, right), min(y + height, bottom))


def scaled(size, scale, limit):
    """Rounded half up, from 1 to the limit."""
    return tuple(min(max(int(side * scale + 0.5), 1), most) for side, most in zip(size, limit))


def print_answers(paths, classify):
    """A line of JSON for each photo. `classify`: [1, height, width, 3] to [1, classes]."""
    for path in paths:
        probabilities = np.asarray(classify(read_photo(path)[np.newaxis]))[0]
        best = int(probabilities.argmax())
        answer = {
            "file": Path(path).name,
            "class": LABELS[best],
            "probabilities": [round(float(value), 6) for value in probabilities],
        }
        print(json.dumps(answer, ensure_ascii=False))
