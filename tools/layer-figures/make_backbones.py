"""
Asks Keras what whole backbones answer, with random weights, for src/engine/backbones.test.ts.

    python3 tools/layer-figures/make_backbones.py FOLDER

Writes NAME.json (a TF.js layers model, topology and list of weights), NAME.weights, NAME.input and
NAME.output (float32, little endian) for each.
"""

import json
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
from keras import applications, layers


def squeeze_net(x):
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(x)
    for squeezed, expanded in ((8, 16), (16, 32)):
        x = layers.MaxPooling2D(3, strides=2)(x)
        x = layers.Conv2D(squeezed, 1, activation="relu")(x)
        wide = layers.Conv2D(expanded, 3, padding="same", activation="relu")(x)
        x = layers.Concatenate()([layers.Conv2D(expanded, 1, activation="relu")(x), wide])
    return layers.Dropout(0.5)(x)


def darknet_convolution(x, filters, size):
    x = layers.Conv2D(filters, size, padding="same", use_bias=False)(x)
    return layers.LeakyReLU(negative_slope=0.1)(layers.BatchNormalization()(x))


def darknet_19(x):
    for filters, repeats in ((32, 1), (64, 1), (128, 3), (256, 3), (512, 5)):
        for i in range(repeats):
            is_narrow = i % 2 == 1
            x = darknet_convolution(x, filters // 2 if is_narrow else filters, 1 if is_narrow else 3)
        x = layers.MaxPooling2D(2)(x)
    return x


def tiny_yolo(x):
    for filters in (16, 32, 64, 128):
        x = layers.MaxPooling2D(2, padding="same")(darknet_convolution(x, filters, 3))
    middle = darknet_convolution(x, 256, 3)
    x = layers.MaxPooling2D(2, strides=1, padding="same")(middle)
    x = darknet_convolution(layers.MaxPooling2D(2)(x), 128, 1)
    return layers.Concatenate()([layers.UpSampling2D(2)(x), middle])


def of_layers(build):
    def make(input_shape, **_):
        x = keras.Input(input_shape)
        return keras.Model(x, build(x))

    return make


BACKBONES = {
    "MobileNet": applications.MobileNet,
    "MobileNetV2": applications.MobileNetV2,
    "MobileNetV3Large": applications.MobileNetV3Large,
    "VGG16": applications.VGG16,
    "ResNet50": applications.ResNet50,
    "ResNet50V2": applications.ResNet50V2,
    "DenseNet121": applications.DenseNet121,
    "Xception": applications.Xception,
    "EfficientNetB0": applications.EfficientNetB0,
    "EfficientNetV2B0": applications.EfficientNetV2B0,
    "SqueezeNet": of_layers(squeeze_net),
    "Darknet19": of_layers(darknet_19),
    "TinyYolo": of_layers(tiny_yolo),
}


def drawn(random, variable):
    """Values that keep activations within bounds; kernels stay as Keras draws them."""
    shape = variable.shape
    if variable.name in ("moving_variance", "variance", "gamma"):
        return random.uniform(0.5, 1.5, shape)
    if variable.name in ("beta", "bias", "mean", "moving_mean"):
        return random.normal(0, 0.2, shape)
    return np.asarray(variable)


def write(folder, name, make):
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    random = np.random.default_rng(1)
    # Xception takes nothing smaller than 71.
    side = 71 if name == "Xception" else 64
    model = make(input_shape=(side, side, 3), include_top=False, weights=None)
    entries, values = [], []
    for layer in model.layers:
        tensors = [np.asarray(drawn(random, each), np.float32) for each in layer.weights]
        layer.set_weights(tensors)
        if isinstance(layer, layers.Normalization):
            layer.finalize_state()
        for variable, tensor in zip(layer.weights, tensors):
            key = f"{layer.name}/{variable.name}"
            entries.append({"name": key, "shape": list(tensor.shape), "dtype": "float32"})
            values.append(tensor.ravel())
    pictures = random.uniform(-1, 1, (2, side, side, 3)).astype(np.float32)
    topology = json.loads(model.to_json())
    manifest = [{"paths": [f"{name}.weights"], "weights": entries}]
    text = json.dumps({"modelTopology": topology, "weightsManifest": manifest})
    (folder / f"{name}.json").write_text(text)
    np.concatenate(values).tofile(folder / f"{name}.weights")
    pictures.tofile(folder / f"{name}.input")
    np.asarray(model(pictures), np.float32).tofile(folder / f"{name}.output")
    print(name)


def main():
    folder = Path(sys.argv[1])
    for name, make in BACKBONES.items():
        write(folder, name, make)


main()
