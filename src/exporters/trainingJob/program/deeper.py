"""The last layers of the base trained together with a softmax layer, which begins at its optimum."""

import keras
import numpy as np

import exact
from activations import Part
from descent import answer, descend
from job import JOB, NUM_CLASSES

NORM_MEMORY = 0.9


def fit(base, train, held, settings, report):
    """Trains the base's layers in place. [(kernel, bias, activation)] of the softmax layer on top."""
    set_up(base, settings)
    start = base.get_layer(JOB["startLayer"]).output
    above = keras.Model(start, base.outputs[0])
    pooled = Part(answer(above, train.rows), train.classes, train.rows_per_photo)
    kernel, bias, _ = exact.fit(pooled, NUM_CLASSES, settings["seed"])
    dense = keras.layers.Dense(NUM_CLASSES)
    model = keras.Model(start, dense(base.outputs[0]))
    dense.set_weights([kernel, bias])
    descend(model, train, held, settings, report)
    return [(*(np.asarray(each) for each in dense.get_weights()), "softmax")]


def set_up(base, settings):
    for layer in base.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = settings["batchNorm"] == "trained"
            layer.momentum = NORM_MEMORY
        if isinstance(layer, keras.layers.Dropout) and settings["dropout"] > 0:
            layer.rate = settings["dropout"]
            layer.seed_generator = keras.random.SeedGenerator(settings["seed"])
