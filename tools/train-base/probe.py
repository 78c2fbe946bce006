"""How far activations carry: softmax regression on them, tested on photos that it has not seen."""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from splits import Split, split_photos

L2 = 0.1


@dataclass(frozen=True)
class Accuracy:
    """Over several random splits; both from 0 to 1."""

    mean: float
    deviation: float

    def __str__(self) -> str:
        return f'{self.mean:.3f} ± {self.deviation:.3f}'


def probe(rows: np.ndarray, labels: np.ndarray, split: Split, num_seeds: int) -> Accuracy:
    """Held-out accuracy of one row of numbers per photo."""
    accuracies = []
    for seed in range(num_seeds):
        learn, test = split_photos(labels, split, seed)
        # scikit-learn's C weighs the summed loss against half the squared weights.
        regression = LogisticRegression(C=1 / (L2 * len(learn)), max_iter=1000)
        classifier = make_pipeline(StandardScaler(), regression)
        classifier.fit(rows[learn], labels[learn])
        accuracies.append(classifier.score(rows[test], labels[test]))
    return Accuracy(float(np.mean(accuracies)), float(np.std(accuracies)))
