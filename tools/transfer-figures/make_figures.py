"""Transferability scores by their published implementations, for src/domain/transfer's tests.

    git clone https://github.com/thuml/Transfer-Learning-Library
    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1
    venv/bin/python tools/transfer-figures/make_figures.py Transfer-Learning-Library/tllib/ranking \
        > src/domain/transfer/figures/transferScores.json

LogME, NCE and LEEP come from that library, whose authors are LogME's. The shrunk H-score has no
package of its own: it is restated here after Ibrahim, Ponomareva and Mazumder (2021) with
scikit-learn's Ledoit-Wolf estimate and numpy's inverse.
"""

import importlib.util
import json
import sys
import types
from pathlib import Path

import numpy
from sklearn.covariance import LedoitWolf


def load(folder, name):
    """A module of the library alone, without the parts of it that need torch or a compiler."""
    stand_in = types.ModuleType("numba")
    stand_in.njit = lambda function: function
    sys.modules.setdefault("numba", stand_in)
    for missing in ("torch", "torch.nn"):
        module = types.ModuleType(missing)
        module.Module = object
        module.nn = module
        sys.modules.setdefault(missing, module)
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shrunk_h_score(activations, classes):
    centred = activations.astype("float64") - activations.mean(axis=0, dtype="float64")
    estimate = LedoitWolf().fit(centred)
    means = numpy.zeros_like(centred)
    for index in range(classes.max() + 1):
        means[classes == index] = centred[classes == index].mean(axis=0)
    between = (1 - estimate.shrinkage_) * numpy.cov(means, rowvar=False)
    return numpy.trace(numpy.linalg.inv(estimate.covariance_) @ between)


def make_case(folder, seed, num_samples, size, num_classes, signal):
    random = numpy.random.default_rng(seed)
    # Classes of unequal sizes, each with at least two photos.
    classes = numpy.concatenate([numpy.repeat(numpy.arange(num_classes), 2),
                                 random.integers(0, num_classes, num_samples - 2 * num_classes) ** 2
                                 // num_classes])
    centres = random.normal(size=(num_classes, size)) * signal
    activations = numpy.maximum(0, random.normal(size=(num_samples, size)) + centres[classes])
    activations = numpy.round(activations, 3).astype("float32")
    num_sources = num_classes + 2
    logits = random.normal(size=(num_samples, num_sources))
    logits[numpy.arange(num_samples), classes] += 3 * signal
    powers = numpy.exp(logits)
    # Six decimals; what rounding leaves over goes to the last source class.
    probabilities = numpy.round(powers / powers.sum(axis=1, keepdims=True), 6)
    probabilities[:, -1] = 1 - probabilities[:, :-1].sum(axis=1)
    probabilities = probabilities.astype("float32")
    return {
        "size": size,
        "numClasses": num_classes,
        "numSources": num_sources,
        "activations": [round(float(value), 3) for value in activations.flatten()],
        "sourceProbabilities": [float(f"{value:.9g}") for value in probabilities.flatten()],
        "classIndices": classes.tolist(),
        "logme": float(load(folder, "logme").log_maximum_evidence(activations, classes)),
        "hScore": float(shrunk_h_score(activations, classes)),
        "nce": float(load(folder, "nce").negative_conditional_entropy(
            probabilities.argmax(axis=1), classes)),
        "leep": float(load(folder, "leep").log_expected_empirical_prediction(
            probabilities.astype("float64"), classes)),
    }


def main():
    folder = Path(sys.argv[1])
    # More photos than activations, and fewer.
    cases = [
        make_case(folder, seed=1, num_samples=40, size=6, num_classes=3, signal=0.8),
        make_case(folder, seed=2, num_samples=24, size=36, num_classes=4, signal=0.5),
    ]
    json.dump({"cases": cases}, sys.stdout, indent=1)
    print()


main()
