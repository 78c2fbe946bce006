"""Makes small Keras files of every layer kind that Graft reads, with Keras' own answers.

    python3 -m venv .venv && .venv/bin/pip install keras==3.15.1 tensorflow-cpu==2.21.0 h5py
    .venv/bin/python tools/keras-fixtures/make.py src/engine/kerasFixtures

Every model is written as `.keras` (deflated, but for one that is left as Keras writes it) and as
gzipped `.h5`; one also as topology and weights apart. `expected.json` holds each model's output for an
input of `((i * 37) % 101) / 101 - 0.3`.
"""

import gzip
import json
import sys
import zipfile
from pathlib import Path

import h5py
import keras
import numpy as np
from keras import layers

INPUT_SHAPE = (12, 12, 3)


def convolutions(x):
    x = layers.Conv2D(4, 3, strides=2, padding="same", activation="relu", name="strided")(x)
    x = layers.BatchNormalization(name="norm")(x)
    x = layers.DepthwiseConv2D(3, depth_multiplier=2, padding="same", name="depthwise")(x)
    x = layers.BatchNormalization(scale=False, epsilon=1e-2, name="unscaled")(x)
    x = layers.SeparableConv2D(5, 3, padding="same", activation="swish", name="separable")(x)
    x = layers.Conv2D(6, (3, 1), dilation_rate=2, use_bias=False, name="dilated")(x)
    return layers.BatchNormalization(center=False, name="uncentred")(x)


def activations(x):
    x = layers.Conv2D(4, 2, strides=3, name="conv")(x)
    branches = [
        layers.LeakyReLU(negative_slope=0.1, name="leaky")(x),
        layers.PReLU(shared_axes=[1, 2], name="shared_slopes")(x),
        layers.PReLU(name="slopes")(x),
        layers.ReLU(max_value=6, name="six")(x),
        layers.ReLU(max_value=1, name="one")(x),
        layers.ELU(name="elu_layer")(x),
        layers.Softmax(name="softmax_layer")(x),
    ]
    names = "linear relu relu6 elu selu sigmoid tanh softplus gelu silu hard_sigmoid hard_silu leaky_relu"
    branches += [layers.Activation(name, name=f"a_{name}")(x) for name in names.split()]
    return layers.GlobalAveragePooling2D(name="mean")(layers.Concatenate(name="all")(branches))


def pictures(x):
    x = layers.ZeroPadding2D(((1, 2), (0, 3)), name="padded")(x)
    x = layers.Cropping2D(((0, 1), (2, 0)), name="cropped")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same", name="largest")(x)
    x = layers.UpSampling2D(2, name="nearest")(x)
    x = layers.AveragePooling2D((2, 3), strides=1, name="averaged")(x)
    x = layers.UpSampling2D((2, 1), interpolation="bilinear", name="bilinear")(x)
    x = layers.AveragePooling2D(5, strides=4, padding="same", name="averaged_same")(x)
    return layers.Flatten(name="flat")(x)


def merges(x):
    a = layers.Conv2D(4, 1, name="a")(x)
    b = layers.Conv2D(4, 1, name="b")(x)
    x = layers.Concatenate(name="joined")([layers.Add(name="sum")([a, b]), a])
    gate = layers.GlobalMaxPooling2D(keepdims=True, name="gate_max")(x)
    gate = layers.Conv2D(8, 1, activation="hard_sigmoid", name="gate")(gate)
    x = layers.Multiply(name="gated")([x, gate])
    x = layers.SpatialDropout2D(0.5, name="channels_off")(layers.GaussianNoise(1.0, name="noise")(x))
    x = layers.GlobalAveragePooling2D(name="mean")(x)
    x = layers.Reshape((2, 4), name="rows")(layers.Dropout(0.5, name="off")(x))
    x = layers.Flatten(name="row")(x)
    return layers.Dense(3, activation="softmax", name="probabilities")(x)


def operations(x):
    x = keras.ops.relu(x * 2.0 - 0.25)
    return keras.ops.silu(layers.Conv2D(2, 1, name="conv")(x / 3.0) + 1.0)


def nested(x):
    stem = keras.Sequential(
        [
            layers.Input(INPUT_SHAPE),
            layers.Rescaling([0.5, 1.0, 2.0], offset=-0.1, name="rescaled"),
            layers.Conv2D(3, 3, padding="same", name="conv"),
        ],
        name="stem",
    )
    inner_input = layers.Input(INPUT_SHAPE)
    inner = layers.Conv2D(4, 3, name="conv")(inner_input)
    inner = layers.BatchNormalization(name="norm")(inner)
    inner = keras.Model(inner_input, inner, name="inner")
    statistics = layers.Normalization(name="statistics")
    statistics.build((None, *INPUT_SHAPE))
    x = inner(stem(statistics(x)))
    x = layers.Conv2D(2, 1, name="conv")(x)
    return layers.Dense(3, name="dense")(layers.GlobalAveragePooling2D(name="mean")(x))


def functional(build):
    inputs = layers.Input(INPUT_SHAPE, name="pixels")
    return keras.Model(inputs, build(inputs), name=build.__name__)


def sequential():
    conv = layers.Conv2D(3, 5, strides=(2, 3), name="conv")
    return keras.Sequential(
        [layers.Input(INPUT_SHAPE), conv, layers.Flatten(name="flat"), layers.Dense(4, name="dense")],
        name="sequential",
    )


def fill(model, generator):
    """Random weights; variances and slopes are kept positive."""
    values = []
    for weight in model.weights:
        value = generator.normal(0, 0.5, weight.shape).astype("float32")
        is_positive = any(part in weight.path for part in ("variance", "alpha", "count"))
        values.append(np.abs(value) + 0.25 if is_positive else value)
    model.set_weights(values)
    for layer in model.layers:
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()


def save(model, folder, is_deflated):
    path = folder / f"{model.name}.keras"
    model.save(path)
    if is_deflated:
        deflate(path)
    h5 = folder / f"{model.name}.h5"
    model.save(h5)
    compress(h5)


def deflate(path):
    with zipfile.ZipFile(path) as stored:
        files = {name: stored.read(name) for name in stored.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED, 9)


def compress(path):
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    path.unlink()


def save_types(folder):
    """One tensor in every type and layout that weights come in."""
    values = np.linspace(-2, 2, 60).reshape(3, 4, 5).astype("float32")
    path = folder / "types.h5"
    with h5py.File(path, "w") as file:
        for dtype in ("<f2", "<f4", "<f8", ">f4"):
            file.create_dataset(f"f{dtype[2]}{'be' if dtype[0] == '>' else 'le'}", data=values.astype(dtype))
        file.create_dataset("packed", data=values, chunks=(2, 3, 4), compression="gzip", shuffle=True)
        file.create_dataset("whole", data=np.arange(4))
    compress(path)


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(1)
    kinds = [convolutions, activations, pictures, merges, operations, nested]
    models = [sequential(), *(functional(kind) for kind in kinds)]
    count = int(np.prod(INPUT_SHAPE))
    pixels = (((np.arange(count) * 37) % 101) / 101 - 0.3).astype("float32")
    expected = {}
    for model in models:
        fill(model, generator)
        save(model, folder, is_deflated=model.name != "sequential")
        output = model(pixels.reshape(1, *INPUT_SHAPE), training=False)
        expected[model.name] = [round(float(value), 7) for value in np.ravel(output)]
    (folder / "nested.json").write_text(models[-1].to_json())
    compress(folder / "nested.json")
    models[-1].save_weights(folder / "nested.weights.h5")
    compress(folder / "nested.weights.h5")
    save_types(folder)
    (folder / "expected.json").write_text(json.dumps(expected))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
