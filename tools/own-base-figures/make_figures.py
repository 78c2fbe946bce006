"""Sizes and initial kernels of the network of Keras's example mnist_transfer_cnn, by Keras itself:

    python -m venv venv && venv/bin/pip install keras tensorflow-cpu
    venv/bin/python tools/own-base-figures/make_figures.py \
        > src/network/architectures/figures/twoConvolutions.json
"""

import json

import keras
import numpy as np
from keras import layers

SETTINGS = [
    {"inputSize": 28, "channels": 1, "numClasses": 5},
    {"inputSize": 28, "channels": 1, "numClasses": 10},
    {"inputSize": 64, "channels": 3, "numClasses": 4},
    {
        "inputSize": 32,
        "channels": 3,
        "numClasses": 3,
        "filters": 16,
        "kernelSize": 5,
        "poolSize": 3,
        "units": 64,
    },
]


def build(inputSize, channels, numClasses, filters=32, kernelSize=3, poolSize=2, units=128):
    feature_layers = [
        layers.Conv2D(filters, kernelSize, padding="valid", activation="relu"),
        layers.Conv2D(filters, kernelSize, activation="relu"),
        layers.MaxPooling2D(pool_size=poolSize),
        layers.Dropout(0.25),
        layers.Flatten(),
    ]
    classification_layers = [
        layers.Dense(units, activation="relu"),
        layers.Dropout(0.5),
        layers.Dense(numClasses, activation="softmax"),
    ]
    shape = (inputSize, inputSize, channels)
    return keras.Sequential([keras.Input(shape), *feature_layers, *classification_layers])


def describe(settings):
    model = build(**settings)
    return {
        **settings,
        "numParameters": model.count_params(),
        "outputShapes": [list(layer.output.shape[1:]) for layer in model.layers],
        "numParametersOfLayers": [layer.count_params() for layer in model.layers],
    }


def draw(shape):
    """Of twenty kernels together."""
    kernels = [keras.initializers.GlorotUniform(seed=seed)(shape) for seed in range(20)]
    values = np.concatenate([np.array(kernel).ravel() for kernel in kernels])
    return {
        "shape": shape,
        "largest": float(np.abs(values).max()),
        "deviation": float(values.std()),
    }


figures = {
    "madeBy": f"tools/own-base-figures/make_figures.py with Keras {keras.__version__}",
    "networks": [describe(settings) for settings in SETTINGS],
    "glorotUniform": [draw(shape) for shape in ([3, 3, 1, 32], [3, 3, 32, 32], [4608, 128])],
}
print(json.dumps(figures, indent=2))
