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


def read_photo(path):
    """RGB from 0 to 255 as float32: [height, width, 3]."""
    photo = ImageOps.exif_transpose(Image.open(path)).convert("RGBA")
    on_white = Image.new("RGBA", photo.size, "white")
    on_white.alpha_composite(photo)
    return np.asarray(framed(on_white.convert("RGB")), np.float32)


def framed(photo):
    if SPEC["framing"] == "stretched":
        return photo.resize(SIZE, Image.Resampling.BILINEAR)
    if SPEC["framing"] == "padded":
        scale = min(SIZE[0] / photo.width, SIZE[1] / photo.height)
        small = photo.resize(scaled(photo.size, scale, SIZE), Image.Resampling.BILINEAR)
        canvas = Image.new("RGB", SIZE, "white")
        canvas.paste(small, ((SIZE[0] - small.width) // 2, (SIZE[1] - small.height) // 2))
        return canvas
    scale = min(photo.width / SIZE[0], photo.height / SIZE[1])
    width, height = scaled(SIZE, scale, photo.size)
    left, top = (photo.width - width) // 2, (photo.height - height) // 2
    box = (left, top, left + width, top + height)
    return photo.resize(SIZE, Image.Resampling.BILINEAR, box=box)


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
