"""A softmax layer, behind hidden layers if wanted, by gradient descent on the frozen activations."""

import math

import keras
import numpy as np

from activations import Part
from descent import descend, make_optimizer
from exact import statistics
from job import NUM_CLASSES
from random_numbers import DEVIATION_OF_CUT, Random

NORM_EPSILON, NORM_MEMORY = 0.001, 0.9


def fit(train, held, settings, report):
    """[(kernel, bias, activation)] for activations as they come, from the first layer upwards."""
    means, divisors = scaling_of(settings["scaling"], train.rows)
    scaled = lambda part: part and Part(
        ((part.rows - means) / divisors).astype(np.float32), part.classes
    )
    model, layers = build(train.rows.shape[1], settings)
    optimizer = None
    if is_renormalised(settings):
        optimizer = make_optimizer(settings, model, renormalising(layers, settings))
    descend(model, scaled(train), scaled(held), settings, report, optimizer)
    weights = [folded(*layer) for layer in layers]
    kernel, bias, activation = weights[0]
    kernel = kernel / divisors[:, None]
    weights[0] = (kernel, bias - means @ kernel, activation)
    return weights


def scaling_of(scaling, rows):
    means, _, divisors = statistics(rows)
    if scaling == "none":
        means = np.zeros_like(means)
    return means, divisors if scaling == "standardised" else np.ones_like(divisors)


def is_renormalised(settings):
    return settings["clipping"]["kind"] == "renormalise"


def build(size, settings):
    """The model, which gives logits, and its layers: [(dense, batch norm or None, activation)]."""
    random = Random(settings["seed"])
    penalty = None
    if not is_renormalised(settings):
        # Keras has no half in it.
        penalty = keras.regularizers.L1L2(l1=settings["l1"], l2=settings["l2"] / 2)
    inputs = outputs = keras.Input((size,))
    layers = []
    for hidden in settings["hiddenLayers"]:
        has_norm = hidden["hasBatchNorm"]
        dense = keras.layers.Dense(
            hidden["units"], use_bias=not has_norm, kernel_regularizer=penalty
        )
        outputs = with_initial(dense, outputs, settings, random)
        norm = keras.layers.BatchNormalization(momentum=NORM_MEMORY, epsilon=NORM_EPSILON)
        if has_norm:
            outputs = norm(outputs)
        outputs = keras.layers.Activation(hidden["activation"])(outputs)
        if hidden["dropout"] > 0:
            outputs = keras.layers.Dropout(hidden["dropout"], seed=settings["seed"])(outputs)
        layers.append((dense, norm if has_norm else None, hidden["activation"]))
    dense = keras.layers.Dense(NUM_CLASSES, kernel_regularizer=penalty)
    outputs = with_initial(dense, outputs, settings, random)
    return keras.Model(inputs, outputs), [*layers, (dense, None, "softmax")]


def with_initial(dense, inputs, settings, random):
    outputs = dense(inputs)
    initial = settings["initialisation"]
    dense.kernel.assign(initial_kernel(initial["kernel"], dense.kernel.shape, random))
    if dense.use_bias:
        dense.bias.assign(np.full(dense.bias.shape, initial["biasValue"], np.float32))
    return outputs


def initial_kernel(kernel, shape, random):
    kind = kernel["kind"]
    if kind in ("zeros", "constant"):
        return np.full(shape, kernel.get("kernelValue", 0), np.float32)
    fan_in, fan_out = shape
    family, distribution = kind.split("-")
    variance = {"glorot": 2 / (fan_in + fan_out), "lecun": 1 / fan_in, "he": 2 / fan_in}[family]
    if distribution == "uniform":
        draw = lambda: (2 * random.next() - 1) * math.sqrt(3 * variance)
    else:
        draw = lambda: random.normal() * math.sqrt(variance) / DEVIATION_OF_CUT
    return np.array([draw() for _ in range(fan_in * fan_out)], np.float32).reshape(shape)


def folded(dense, norm, activation):
    """With its batch norm in it, as Graft stores heads."""
    kernel, *bias = (np.asarray(each, np.float64) for each in dense.get_weights())
    if norm is None:
        return kernel, bias[0], activation
    gamma, beta, mean, variance = norm.get_weights()
    factors = gamma / np.sqrt(variance + NORM_EPSILON)
    return kernel * factors, beta - mean * factors, activation


class renormalising:
    """Keras's optimisers, given each layer's gradient at length 1, with the penalties added to that."""

    def __init__(self, layers, settings):
        self.groups = [
            [id(each) for part in (dense, norm) if part for each in part.trainable_variables]
            for dense, norm, _ in layers
        ]
        self.kernels = {id(dense.kernel) for dense, _, _ in layers}
        self.settings = settings

    def __getattr__(self, name):
        outer, kind = self, getattr(keras.optimizers, name)

        class Renormalising(kind):
            def apply(self, grads, trainable_variables=None):
                variables = trainable_variables or self._trainable_variables
                return super().apply(outer.changed(grads, variables), trainable_variables)

        return Renormalising

    def changed(self, gradients, variables):
        ops = keras.ops
        found = {id(each): gradient for each, gradient in zip(variables, gradients)}
        for group in self.groups:
            squares = sum(ops.sum(ops.square(found[key])) for key in group)
            length = ops.sqrt(squares)
            divisor = ops.where(length > 0, length, 1e-5)
            found.update({key: found[key] / divisor for key in group})
        l1, l2 = self.settings["l1"], self.settings["l2"]
        for each in variables:
            if id(each) in self.kernels:
                value = ops.convert_to_tensor(each)
                found[id(each)] = found[id(each)] + l2 * value + l1 * ops.sign(value)
        return [found[id(each)] for each in variables]
