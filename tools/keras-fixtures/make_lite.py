"""Makes TensorFlow Lite files of a small classifier with TensorFlow's own converter.

    .venv/bin/python tools/keras-fixtures/make_lite.py src/base/liteClassifier

The environment is that of `make.py`. Weights are of 32, 16 and 8 bits, the last with arithmetic of 8 bits
too; a fourth file takes and gives 8 bits, and scales no pixels itself. `expected.json` holds Keras'
probabilities for 8-bit pixels `(i * 37) % 256`.
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from make import fill

SIDE = 8


def classifier(takes_bytes=True):
    """Takes pixels of 0 to 255, or of -1 to 1."""
    x = photo = keras.Input((SIDE, SIDE, 3), name="photo")
    if takes_bytes:
        x = layers.Rescaling(1 / 127.5, offset=-1, name="rescaling")(photo)
    x = layers.Conv2D(6, 3, strides=2, padding="same", use_bias=False, name="conv")(x)
    x = layers.BatchNormalization(name="norm")(x)
    x = layers.ReLU(max_value=6, name="six")(x)
    x = layers.DepthwiseConv2D(3, padding="same", use_bias=False, name="depthwise")(x)
    x = layers.BatchNormalization(name="depthwise_norm")(x)
    x = layers.Activation("hard_swish", name="hard")(x)
    gate = layers.GlobalAveragePooling2D(keepdims=True, name="squeeze")(x)
    gate = layers.Conv2D(6, 1, activation="sigmoid", name="excite")(gate)
    x = layers.Multiply(name="gated")([x, gate])
    one = layers.MaxPooling2D(2, strides=1, padding="same", name="max")(x)
    two = layers.AveragePooling2D(2, strides=1, padding="same", name="average")(x)
    one = layers.LeakyReLU(negative_slope=0.1, name="leaky")(one)
    two = layers.PReLU(shared_axes=[1, 2], name="slopes")(two)
    x = layers.Concatenate(name="both")([one, two])
    x = layers.ZeroPadding2D(((1, 0), (0, 1)), name="pad")(x)
    x = layers.Conv2D(5, 2, activation="tanh", name="narrow")(x)
    x = layers.Add(name="sum")([x, layers.Conv2D(5, 1, name="beside")(one)])
    x = layers.UpSampling2D(2, interpolation="bilinear", name="larger")(x)
    x = layers.Cropping2D(((1, 0), (0, 3)), name="cropped")(x)
    x = layers.MaxPooling2D(2, name="smaller")(x)
    x = layers.Flatten(name="row")(x)
    x = layers.Dense(4, activation="relu", name="hidden")(x)
    return keras.Model(photo, layers.Dense(3, activation="softmax", name="answer")(x), name="model")


def photos():
    random = np.random.default_rng(7)
    return ([random.integers(0, 256, (1, SIDE, SIDE, 3)).astype(np.float32)] for _ in range(50))


def scaled_photos():
    return ([pixels / np.float32(127.5) - 1] for [pixels] in photos())


def converted(model, optimizations=(), types=(), dataset=None, ends=tf.float32):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = list(optimizations)
    converter.target_spec.supported_types = list(types)
    converter.representative_dataset = dataset
    converter.inference_input_type = converter.inference_output_type = ends
    return converter.convert()


def main(folder):
    model = classifier()
    bare = classifier(takes_bytes=False)
    for each in [model, bare]:
        fill(each, np.random.default_rng(4))
    small = [tf.lite.Optimize.DEFAULT]
    files = {
        "model.tflite": converted(model),
        "model-float16.tflite": converted(model, small, [tf.float16]),
        "model-int8.tflite": converted(model, small, [], photos),
        "model-uint8.tflite": converted(bare, small, [], scaled_photos, tf.uint8),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    pixels = np.array([(i * 37) % 256 for i in range(SIDE * SIDE * 3)], np.float32)
    answer = model(pixels.reshape(1, SIDE, SIDE, 3), training=False).numpy()[0]
    (folder / "expected.json").write_text(json.dumps([float(f"{x:.7g}") for x in answer]) + "\n")


main(Path(sys.argv[1]))
