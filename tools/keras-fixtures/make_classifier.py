"""Makes a classifier as somebody trains one in Keras, around a base that is also a file of its own.

    .venv/bin/python tools/keras-fixtures/make_classifier.py src/base/kerasClassifier

The environment is that of `make.py`. The base is a model within the model, behind changes at random
and a rescaling; `expected.json` holds the probabilities for 8-bit pixels `(i * 37) % 256`.
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np
from keras import layers

from make import deflate, fill, save

SIDE = 8


def small_base():
    pixels = keras.Input((SIDE, SIDE, 3), name="pixels")
    x = layers.Conv2D(6, 3, strides=2, padding="same", use_bias=False, name="conv")(pixels)
    x = layers.BatchNormalization(name="norm")(x)
    x = layers.ReLU(max_value=6, name="six")(x)
    x = layers.DepthwiseConv2D(3, padding="same", use_bias=False, name="depthwise")(x)
    x = layers.BatchNormalization(name="depthwise_norm")(x)
    return keras.Model(pixels, layers.ReLU(max_value=6, name="features")(x), name="base")


def classifier(base):
    photo = keras.Input((SIDE, SIDE, 3), name="photo")
    x = layers.RandomFlip("horizontal", name="flip")(photo)
    x = layers.Rescaling(1 / 127.5, offset=-1, name="rescaling")(x)
    x = layers.GlobalAveragePooling2D(name="mean")(base(x))
    x = layers.Dense(5, activation="relu", name="hidden")(layers.Dropout(0.2, name="off")(x))
    x = layers.Dense(3, activation="softmax", name="answer")(layers.Dropout(0.2, name="off_2")(x))
    return keras.Model(photo, x, name="model")


def main(folder):
    base = small_base()
    model = classifier(base)
    fill(model, np.random.default_rng(4))
    base.save(folder / "base.keras")
    deflate(folder / "base.keras")
    save(model, folder, is_deflated=True)
    pixels = np.array([(i * 37) % 256 for i in range(SIDE * SIDE * 3)], np.float32)
    answer = model(pixels.reshape(1, SIDE, SIDE, 3), training=False).numpy()[0]
    (folder / "expected.json").write_text(json.dumps([float(f"{x:.7g}") for x in answer]) + "\n")


main(Path(sys.argv[1]))
