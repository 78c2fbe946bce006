"""Probabilities of kernel ridge regression by scikit-learn, for src/head/live's test.

    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1
    venv/bin/python tools/live-figures/make_figures.py > src/head/live/figures/liveRidge.json
"""

import json

import numpy
from scipy.special import softmax
from sklearn.kernel_ridge import KernelRidge
from sklearn.preprocessing import normalize

SIZE, CLASSES = 5, 3


def activations(indices):
    """The formula that the test uses too."""
    return normalize([[abs(numpy.sin(7 * i + 3 * j + 1)) + (j == i % CLASSES) for j in range(SIZE)]
                      for i in indices])


def probabilities(num_rows):
    rows = activations(range(num_rows))
    centred = rows - rows.mean(axis=0)
    spread = (centred ** 2).sum(axis=1).mean()
    targets = numpy.eye(CLASSES)[numpy.arange(num_rows) % CLASSES] - 1 / CLASSES
    ridge = KernelRidge(alpha=0.3 * spread, kernel="linear").fit(centred, targets)
    asked = activations(range(100, 104)) - rows.mean(axis=0)
    return softmax(7 * ridge.predict(asked), axis=1).round(7).tolist()


print(json.dumps({str(num_rows): probabilities(num_rows) for num_rows in (2, 9, 30)}))
