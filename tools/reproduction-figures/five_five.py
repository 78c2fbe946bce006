"""Keras's own accuracies in the experiment of mnist_transfer_cnn, on the photos that ours is run on:

    python -m venv venv && venv/bin/pip install keras tensorflow-cpu pillow
    GRAFT_ASSETS=... venv/bin/python tools/reproduction-figures/five_five.py \
        > bench/reproduce/figures/fiveFive.json
"""

import json
import os
from pathlib import Path

import keras
import numpy as np
from keras import layers
from PIL import Image

PHOTOS = Path(os.environ["GRAFT_ASSETS"]) / "photos"
# Folder, colours, filters of each convolution, seeds.
DATA_SETS = {
    "mnist": ("mnist_subset", "L", 32, [1, 2, 3]),
    "cifar-5-5": ("cifar10_subset", "RGB", 16, [1, 2, 3]),
}
FIT = {"epochs": 5, "batch_size": 32, "verbose": 0}


def read_part(folder, mode, names):
    files = [(name, file) for name in names for file in sorted((folder / name).iterdir())]
    pictures = [np.asarray(Image.open(file).convert(mode), np.float32) / 255 for _, file in files]
    stacked = np.stack(pictures)
    labels = np.array([names.index(name) for name, _ in files])
    return (stacked[..., None] if mode == "L" else stacked), labels


def make_layers(filters):
    convolutions = [
        layers.Conv2D(filters, 3, activation="relu"),
        layers.Conv2D(filters, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Dropout(0.25),
        layers.Flatten(),
    ]
    dense = [
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.5),
        layers.Dense(5, activation="softmax"),
    ]
    return convolutions, dense


def fit(parts, convolutions, dense):
    """Held-out accuracy after the first epoch and after the last."""
    train, test = parts
    model = keras.Sequential([keras.Input(train[0].shape[1:]), *convolutions, *dense])
    loss = "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.Adam(0.001), loss, metrics=["accuracy"])
    accuracies = model.fit(*train, validation_data=test, **FIT).history["val_accuracy"]
    return {"first": round(accuracies[0], 4), "last": round(accuracies[-1], 4)}


def run(folder, mode, filters, seed):
    keras.utils.set_random_seed(seed)
    names = sorted(path.name for path in (folder / "train").iterdir())
    halves = [
        [read_part(folder / part, mode, half) for part in ("train", "test")]
        for half in (names[:5], names[5:])
    ]
    convolutions, dense = make_layers(filters)
    base = fit(halves[0], convolutions, dense)
    for layer in convolutions:
        layer.trainable = False
    transferred = fit(halves[1], convolutions, make_layers(filters)[1])
    scratch = fit(halves[1], *make_layers(filters))
    # The dense layer goes on from what it has learnt; only the classes are new.
    retrained = fit(halves[1], convolutions, [*dense[:-1], layers.Dense(5, activation="softmax")])
    return {
        "base": base,
        "transferred": transferred,
        "scratch": scratch,
        "retrained": retrained,
    }


figures = {
    name: [run(PHOTOS / folder, mode, filters, seed) for seed in seeds]
    for name, (folder, mode, filters, seeds) in DATA_SETS.items()
}
print(json.dumps(figures, indent=2))
