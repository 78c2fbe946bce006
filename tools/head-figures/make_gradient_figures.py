"""What Keras's training makes of a softmax layer, option by option, for src/head/gradient's tests.

    python3 -m venv venv && venv/bin/pip install tensorflow
    venv/bin/python tools/head-figures/make_gradient_figures.py > src/head/figures/gradientRuns.json

The activations are those of src/head/trainingSetFixture.ts, which a formula makes. Each run begins at zero
and takes EPOCHS steps with all photos at once, so that nothing is random.
"""

import json
import os

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy

NUM_SAMPLES = 25
SIZE = 4
NUM_CLASSES = 3
SIZES = numpy.array([1.0, 3.0, 0.5, 1.0])
EPOCHS = 6
RATE = 0.1


def formula_activations():
    rows, classes = numpy.arange(NUM_SAMPLES), numpy.arange(NUM_SAMPLES) % NUM_CLASSES
    columns = numpy.arange(SIZE)
    values = numpy.sin(7 * rows[:, None] + 3 * columns + 1) + (columns == classes[:, None])
    return (values * SIZES[columns]).astype("float32"), classes


def train(optimizer, smoothing=0.0, l1=0.0, l2=0.0, class_weight=None, bias=0.0, kernel=0.0):
    activations, classes = formula_activations()
    targets = keras.utils.to_categorical(classes, NUM_CLASSES)
    layer = keras.layers.Dense(
        NUM_CLASSES,
        activation="softmax",
        kernel_initializer=keras.initializers.Constant(kernel),
        bias_initializer=keras.initializers.Constant(bias),
        # Keras has no half in it.
        kernel_regularizer=keras.regularizers.L1L2(l1=l1, l2=l2 / 2),
    )
    model = keras.Sequential([keras.Input((SIZE,)), layer])
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=smoothing)
    if isinstance(optimizer, keras.optimizers.AdamW):
        optimizer.exclude_from_weight_decay(var_list=[layer.bias])
    model.compile(optimizer=optimizer, loss=loss)
    model.fit(
        activations,
        targets,
        batch_size=NUM_SAMPLES,
        epochs=EPOCHS,
        shuffle=False,
        class_weight=class_weight,
        verbose=0,
    )
    return {
        "kernel": [round(float(value), 6) for value in layer.kernel.numpy().flatten()],
        "bias": [round(float(value), 6) for value in layer.bias.numpy()],
    }


def main():
    optimizers = keras.optimizers
    schedules = keras.optimizers.schedules
    counts = numpy.bincount(formula_activations()[1])
    balanced = {i: NUM_SAMPLES / (NUM_CLASSES * count) for i, count in enumerate(counts)}
    warm_cosine = schedules.CosineDecay(0.0, EPOCHS - 2, warmup_target=RATE, warmup_steps=2)
    steps = schedules.ExponentialDecay(RATE, 2, 0.5, staircase=True)
    sgd = optimizers.SGD
    runs = {
        "sgd": train(sgd(RATE)),
        "momentum": train(sgd(RATE, momentum=0.9)),
        "nesterov": train(sgd(RATE, momentum=0.9, nesterov=True)),
        "adam": train(optimizers.Adam(RATE)),
        "adamw": train(optimizers.AdamW(RATE, weight_decay=0.5)),
        "rmsprop": train(optimizers.RMSprop(RATE)),
        "adagrad": train(optimizers.Adagrad(RATE)),
        "step": train(sgd(steps)),
        "warm-up and cosine": train(sgd(warm_cosine)),
        "l1": train(sgd(RATE), l1=0.05),
        "l2": train(sgd(RATE), l2=0.5),
        "initial constants": train(sgd(RATE), l2=0.5, kernel=0.3, bias=-0.2),
        "clipped by value": train(sgd(RATE, clipvalue=0.1)),
        "clipped by norm": train(sgd(RATE, global_clipnorm=0.2)),
        "label smoothing": train(sgd(RATE), smoothing=0.3),
        "balanced classes": train(sgd(RATE), class_weight=balanced),
        "own class weights": train(sgd(RATE), class_weight={0: 2.0, 1: 0.5, 2: 1.0}),
    }
    made_by = f"tools/head-figures/make_gradient_figures.py with Keras {keras.__version__}"
    print(json.dumps({"madeBy": made_by, "epochs": EPOCHS, "rate": RATE, "runs": runs}, indent=2))


main()
