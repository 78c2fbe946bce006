"""Reads data files with NumPy, safetensors and Pillow, and puts the head back together with NumPy alone."""

import hashlib
import json
import sys
from pathlib import Path

from golden import exit_status, skip

try:
    import numpy as np
    from PIL import Image
    from safetensors.numpy import load_file
except ImportError:
    skip("numpy, safetensors and pillow")

TOLERANCE = 1e-3
# Levels of 255 between a thumbnail, which has been a JPEG, and its photo.
SPRITE_TOLERANCE = 12

ACTIVATIONS = {
    "relu": lambda x: np.maximum(x, 0),
    "elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "softmax": lambda x: np.exp(x - x.max(1, keepdims=True))
    / np.exp(x - x.max(1, keepdims=True)).sum(1, keepdims=True),
}


def check_arrays(arrays, expected):
    activations = arrays["activations"]
    assert activations.dtype == np.float32 and np.isfinite(activations).all()
    assert arrays["labels"].dtype == np.int64 and len(arrays["labels"]) == len(activations)
    assert arrays["labels"].max() < len(arrays["class_names"])
    assert set(arrays["parts"]) <= {"train", "validation", "test"}
    json.loads(str(arrays["about"]))
    names = {"labels": "labels", "parts": "parts", "photoNames": "photo_names"}
    names |= {"classNames": "class_names", "activations": "activations"}
    for key, name in names.items():
        if key in expected:
            assert np.array_equal(arrays[name], expected[key]), f"{name} differ"
    return activations.size


def check_head(folder, arrays, expected):
    """The largest difference of a probability from the app's."""
    tensors = load_file(folder / "head.safetensors")
    architecture = json.loads((folder / "architecture.json").read_text())
    rows = {photo: row for row, photo in enumerate(arrays["photo_ids"])}
    values = arrays["activations"][[rows[photo] for photo in expected["photos"]]]
    assert values.shape[1] == architecture["cut"]["activationSize"]
    for layer in architecture["head"]:
        kernel, bias = (tensors[layer["tensors"][role]["name"]] for role in ("kernel", "bias"))
        assert kernel.shape == (layer["inputs"], layer["units"])
        values = ACTIVATIONS[layer["activation"]](values @ kernel + bias)
    names = [label["name"] for label in architecture["classLabels"]]
    assert names == list(arrays["class_names"])
    for name, tuned in expected.get("tensors", {}).items():
        assert np.array_equal(tensors[name].ravel(), np.float32(tuned)), f"{name} differs"
    return float(np.abs(values - expected["probabilities"]).max())


def check_projector(folder, arrays):
    config = json.loads((folder / "projector_config.json").read_text())
    [embedding] = config["embeddings"]
    lines = (folder / embedding["tensorPath"]).read_text().split("\n")[:-1]
    vectors = np.float16([line.split("\t") for line in lines])
    assert list(vectors.shape) == embedding["tensorShape"]
    assert np.array_equal(vectors, arrays["activations"]), "vectors.tsv differs"
    text = (folder / embedding["metadataPath"]).read_bytes().decode()
    heading, *table = [line.split("\t") for line in text.split("\n")[:-1]]
    assert heading == ["class", "class_index", "part", "photo", "id"]
    assert all(len(row) == len(heading) and all(row) for row in table), "an empty cell"
    assert [row[4] for row in table] == list(arrays["photo_ids"])
    assert [int(row[1]) for row in table] == list(arrays["labels"])
    return embedding["sprite"]


def check_sprite(folder, sprite, arrays):
    """The largest mean difference of a thumbnail from its photo."""
    sheet = Image.open(folder / sprite["imagePath"]).convert("RGB")
    side, _ = sprite["singleImageDim"]
    assert max(sheet.size) <= 8192
    photos = {}
    for path in (folder / "photos").iterdir():
        photos[hashlib.sha256(path.read_bytes()).hexdigest()] = path
    columns = sheet.width // side
    differences = []
    for index, photo_id in enumerate(arrays["photo_ids"]):
        left, top = index % columns * side, index // columns * side
        tile = sheet.crop((left, top, left + side, top + side))
        photo = Image.open(photos[photo_id]).convert("RGB")
        size = min(photo.size)
        left, top = ((length - size) / 2 for length in photo.size)
        box = (left, top, left + size, top + size)
        expected = photo.resize((side, side), Image.Resampling.BILINEAR, box=box)
        differences.append(np.abs(np.float32(tile) - np.float32(expected)).mean())
    return max(differences)


def check(folder):
    expected = json.loads((folder / "expected.json").read_text())
    arrays = dict(np.load(folder / "activations.npz", allow_pickle=False))
    num_values = check_arrays(arrays, expected)
    difference = check_head(folder, arrays, expected)
    assert difference <= TOLERANCE, f"probabilities differ by {difference:.1e}"
    sprite = check_projector(folder, arrays)
    sentence = f"{num_values} activations, probabilities within {difference:.1e}"
    if (folder / "photos").exists():
        levels = check_sprite(folder, sprite, arrays)
        assert levels <= SPRITE_TOLERANCE, f"thumbnails differ by {levels:.1f} levels"
        sentence += f", thumbnails within {levels:.1f} levels"
    return sentence


def main():
    folders = [path for path in map(Path, sys.argv[1:]) if (path / "activations.npz").exists()]
    failures = 0
    for folder in folders:
        try:
            print(f"ok  {folder.name}  {check(folder)}")
        except Exception as error:  # Whatever a reader throws is what the report is for.
            failures += 1
            print(f"FAILED  {folder.name}  {type(error).__name__}: {error}")
    print(f"{len(folders) - failures} of {len(folders)} folders as they should be")
    return exit_status(len(folders), failures)


print(f"NumPy {np.__version__}")
sys.exit(main())
