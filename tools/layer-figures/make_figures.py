"""
Computes what Keras answers for small networks of every layer that Graft reads, for
src/engine/kerasFigures.test.ts. Keras 3 is asked itself; Keras 2 is the copy of it within TensorFlow.

    python3 -m venv venv && venv/bin/pip install tensorflow-cpu keras numpy
    venv/bin/python tools/layer-figures/make_figures.py src/engine/figures
    npx prettier --write src/engine/figures

The files shipped were made with TensorFlow 2.21.0 and Keras 3.15.1. Weights and inputs are not stored:
both sides compute them from their names and shapes (`figure_values` here, `figureValues` there).
"""

import json
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np
import tensorflow as tf
import tensorflow.python.keras as keras2
from keras import layers, ops
from tensorflow.python.keras import layers as layers2
from tensorflow.python.keras.engine.functional import Functional
from tensorflow.python.keras.engine.input_layer import Input as input2

# Regularizers and initial values take most of a topology and change no answer.
LEFT_OUT = ("_initializer", "_regularizer", "_constraint", "compile_config", "build_config")


def figure_values(name, shape):
    """Values from -0.5 to 0.5 (variances: from 0.5 to 1.5) that look random and are always the same."""
    size = int(np.prod(shape))
    values = ((np.arange(size) + len(name)) * 7919 % 997) / 997 - 0.5
    if name.endswith("variance"):
        values += 1
    return values.astype(np.float32).reshape(shape)


def figure_input(shape):
    return figure_values("input", (2, *shape)) * 8


def fill(model, name_of):
    tensors = []
    for layer in model.layers:
        if hasattr(layer, "layers"):
            tensors += fill(layer, name_of)
            continue
        values = []
        for variable in layer.weights:
            name = f"{layer.name}/{name_of(variable)}"
            shape = tuple(variable.shape)
            is_counter = name.endswith("count")
            value = np.zeros(shape) if is_counter else figure_values(name, shape)
            values.append(value)
            tensors.append({"name": name, "shape": list(shape)})
        layer.set_weights(values)
        if isinstance(layer, layers.Normalization) and layer.input_mean is None:
            layer.finalize_state()
    return tensors


def lean(value):
    if isinstance(value, list):
        return [lean(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: lean(each) for key, each in value.items() if not key.endswith(LEFT_OUT)}


def figure(name, model, shape, name_of):
    tensors = fill(model, name_of)
    output = np.asarray(model(figure_input(shape)))
    return {
        "name": name,
        "topology": lean(json.loads(model.to_json())),
        "tensors": tensors,
        "inputShape": list(shape),
        "outputShape": list(output.shape[1:]),
        "output": [float(f"{value:.7g}") for value in output.ravel()],
    }


def keras3_figures():
    shape = (6, 5, 3)

    def of(name, build, shape=shape):
        keras.backend.clear_session()
        x = keras.Input(shape)
        model = keras.Model(x, build(x))
        return figure(name, model, shape, lambda variable: variable.name)

    def activation(name):
        return of(f"activation {name}", lambda x: layers.Activation(name)(x))

    def mobile_net_v3_block(x):
        def hard_sigmoid(x):
            return layers.ReLU(6.0)(x + 3.0) * (1.0 / 6.0)

        x = layers.Conv2D(4, 3, strides=2, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(epsilon=1e-3)(x)
        x = layers.Multiply()([x, hard_sigmoid(x)])
        squeezed = layers.GlobalAveragePooling2D(keepdims=True)(x)
        squeezed = layers.Conv2D(2, 1, activation="relu")(squeezed)
        squeezed = hard_sigmoid(layers.Conv2D(4, 1)(squeezed))
        return layers.Multiply()([x, squeezed])

    def operations(x):
        y = ops.multiply(2, x - 0.5) / 3.0
        y = 1.0 - ops.relu6(y)
        y = ops.add(x1=y, x2=ops.silu(x))
        y = ops.concatenate([y, ops.hard_sigmoid(x)], axis=-1)
        return ops.leaky_relu(y, 0.3) * ops.hard_silu(y)

    def nested(x):
        inner_input = keras.Input((6, 5, 3))
        y = layers.SeparableConv2D(4, 3, activation="swish", name="separable")(inner_input)
        inner = keras.Model(inner_input, y, name="inner")
        sequential = keras.Sequential(
            [keras.Input((4, 3, 4)), layers.Conv2D(2, 1), layers.ReLU()], name="sequential"
        )
        return layers.Flatten()(sequential(inner(x)))

    sides = ((1, 2), (0, 1))
    return [
        *map(
            activation,
            "linear relu relu6 elu selu sigmoid tanh softmax softplus gelu silu "
            "hard_silu hard_sigmoid leaky_relu".split(),
        ),
        of("convolution, strided", lambda x: layers.Conv2D(4, 3, strides=2, padding="same")(x)),
        of("convolution, dilated", lambda x: layers.Conv2D(4, 2, dilation_rate=(2, 3))(x)),
        of(
            "depthwise convolution, strided and dilated",
            lambda x: layers.DepthwiseConv2D(2, strides=2, dilation_rate=2, depth_multiplier=2)(x),
        ),
        of(
            "separable convolution",
            lambda x: layers.SeparableConv2D(4, 3, depth_multiplier=2, padding="same")(x),
        ),
        of(
            "convolution with a layer as its activation",
            lambda x: layers.Conv2D(4, 1, activation=layers.LeakyReLU(negative_slope=0.1))(x),
        ),
        of("leaky ReLU", lambda x: layers.LeakyReLU(negative_slope=0.1)(x)),
        of("ReLU with a slope", lambda x: layers.ReLU(negative_slope=0.2)(x)),
        of("ReLU up to 2", lambda x: layers.ReLU(max_value=2)(x)),
        of("ELU", lambda x: layers.ELU()(x)),
        of("softmax", lambda x: layers.Softmax()(x)),
        of("PReLU", lambda x: layers.PReLU()(x)),
        of("PReLU, one per channel", lambda x: layers.PReLU(shared_axes=[1, 2])(x)),
        of("PReLU, one per row", lambda x: layers.PReLU(shared_axes=[2])(x)),
        of("batch norm", lambda x: layers.BatchNormalization(epsilon=0.01)(x)),
        of("normalization in the weights", lambda x: layers.Normalization()(x)),
        of(
            "normalization in the settings",
            lambda x: layers.Normalization(mean=[0.1, 0.2, 0.3], variance=[0.5, 1, 2])(x),
        ),
        of(
            "normalization, inverted",
            lambda x: layers.Normalization(mean=0.5, variance=4.0, invert=True)(x),
        ),
        of("rescaling", lambda x: layers.Rescaling(1 / 127.5, offset=-1)(x)),
        of(
            "rescaling per channel",
            lambda x: layers.Rescaling([1.0, 2.0, 3.0], offset=[0.1, 0.2, 0.3])(x),
        ),
        of("max pooling", lambda x: layers.MaxPooling2D(3, strides=1, padding="same")(x)),
        of("max pooling of single values", lambda x: layers.MaxPooling2D(1, strides=2)(x)),
        of("average pooling", lambda x: layers.AveragePooling2D(2, padding="same")(x)),
        of("global average pooling", lambda x: layers.GlobalAveragePooling2D(keepdims=True)(x)),
        of("global max pooling", lambda x: layers.GlobalMaxPooling2D()(x)),
        of("zero padding", lambda x: layers.ZeroPadding2D(sides)(x)),
        of("cropping", lambda x: layers.Cropping2D(sides)(x)),
        of("upsampling, nearest", lambda x: layers.UpSampling2D((2, 3))(x)),
        of("upsampling, bilinear", lambda x: layers.UpSampling2D(2, interpolation="bilinear")(x)),
        of("dense over pictures", lambda x: layers.Dense(4, activation="tanh")(x)),
        of("reshape", lambda x: layers.Dense(2)(layers.Reshape((2, -1))(x)) * 1.5),
        of("MobileNetV3's block", mobile_net_v3_block),
        of("operations", operations),
        of("models within the model", nested),
        of(
            "Darknet's block",
            lambda x: darknet_block(layers, layers.BatchNormalization(), x, negative_slope=0.1),
        ),
    ]


def darknet_block(layers, normalize, x, **slope):
    y = layers.Conv2D(4, 3, padding="same", use_bias=False)(x)
    y = layers.LeakyReLU(**slope)(normalize(y))
    z = layers.UpSampling2D(2)(layers.MaxPooling2D(2, strides=2, padding="same")(y))
    return layers.Concatenate()([layers.Cropping2D(((0, 0), (0, 1)))(z), y])


def keras2_figures():
    # TensorFlow's copy has no version of its own and writes one all the same.
    keras2.__version__ = "2.4.0"
    shape = (6, 5, 3)

    def of(name, build):
        keras2.backend.clear_session()
        x = input2(shape)
        model = Functional(x, build(x))
        return figure(name, model, shape, lambda v: v.name.split("/")[-1].removesuffix(":0"))

    def operations(x):
        y = 2.0 - tf.nn.relu(tf.multiply(x, 3.0))
        z = 3.0 + y / 2.0
        return tf.nn.relu6(tf.math.add(z, y)) * tf.nn.silu(x)

    def hard_swish(x):
        x = layers2.Conv2D(4, 3, padding="same")(x)
        return layers2.Multiply()([x, layers2.ReLU(6.0)(x + 3.0) * (1.0 / 6.0)])

    return [
        of("activation hard_sigmoid", lambda x: layers2.Activation("hard_sigmoid")(x)),
        of("activation swish", lambda x: layers2.Activation("swish")(x)),
        of("activation gelu", lambda x: layers2.Activation("gelu")(x)),
        of("leaky ReLU", lambda x: layers2.LeakyReLU(alpha=0.1)(x)),
        of("operations", operations),
        of("hard swish of operations", hard_swish),
        of(
            "separable convolution",
            lambda x: layers2.SeparableConv2D(4, 3, strides=2, activation="relu")(x),
        ),
        of("concatenation by another number of the axis", lambda x: layers2.concatenate([x, x], 3)),
        of("upsampling, bilinear", lambda x: layers2.UpSampling2D(2, interpolation="bilinear")(x)),
        # TensorFlow's copy has no batch norm.
        of(
            "Darknet's block",
            lambda x: darknet_block(layers2, layers2.Activation("linear"), x, alpha=0.1),
        ),
    ]


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, figures in (("keras3", keras3_figures()), ("keras2", keras2_figures())):
        (folder / f"{name}.json").write_text(json.dumps(figures))
        print(name, len(figures))


main()
