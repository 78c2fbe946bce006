"""Optima of softmax regression by scikit-learn, for src/head's tests.

    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1
    venv/bin/python tools/head-figures/make_figures.py > src/head/figures/softmaxOptima.json

The activations are those of src/head/trainingSetFixture.ts, which a formula makes. scikit-learn's
objective, C * sum(cross-entropy) + |W|^2 / 2, is that of src/head divided by l2, with C = 1 / (l2 * n).
"""

import json

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression

NUM_SAMPLES = 30
SIZE = 4
NUM_CLASSES = 3


def formula_activations():
    rows, classes = numpy.arange(NUM_SAMPLES), numpy.arange(NUM_SAMPLES) % NUM_CLASSES
    columns = numpy.arange(SIZE)
    values = numpy.sin(7 * rows[:, None] + 3 * columns + 1) + (columns == classes[:, None])
    # Columns of different sizes, so that scaling matters.
    return (values * SIZES[columns]).astype("float32").astype("float64"), classes


SIZES = numpy.array([1.0, 3.0, 0.5, 1.0])


def divisors_of(activations, scaling):
    if scaling == "none":
        return numpy.zeros(SIZE), numpy.ones(SIZE)
    means = activations.mean(axis=0)
    if scaling == "centred":
        return means, numpy.ones(SIZE)
    deviations = activations.std(axis=0)
    return means, deviations + deviations.mean()


def optimum(scaling, l2):
    activations, classes = formula_activations()
    means, divisors = divisors_of(activations, scaling)
    model = LogisticRegression(C=1 / (l2 * NUM_SAMPLES), tol=1e-12, max_iter=100_000)
    model.fit((activations - means) / divisors, classes)
    kernel = model.coef_.T / divisors[:, None]
    # A constant added to every bias changes nothing, so they are given around their mean.
    bias = model.intercept_ - means @ kernel
    logits = activations @ kernel + bias
    powers = numpy.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    loss = -numpy.log(probabilities[numpy.arange(NUM_SAMPLES), classes]).mean()
    return {
        "scaling": scaling,
        "l2": l2,
        "kernel": [round(float(value), 7) for value in kernel.flatten()],
        "bias": [round(float(value), 7) for value in bias - bias.mean()],
        "loss": round(float(loss), 7),
    }


def main():
    cases = [(scaling, l2) for scaling in ("none", "centred", "standardised") for l2 in (0.1, 0.003)]
    figures = {
        "madeBy": f"tools/head-figures/make_figures.py with scikit-learn {sklearn.__version__}",
        "optima": [optimum(scaling, l2) for scaling, l2 in cases],
    }
    print(json.dumps(figures, indent=2))


main()
