"""Power laws fitted by SciPy, for src/domain/transfer's tests.

    python3 -m venv venv && venv/bin/pip install scipy==1.17.1
    venv/bin/python tools/transfer-figures/make_power_law.py > src/domain/transfer/figures/powerLaws.json

The j-th of m points weighs j / m, as Figueroa et al. (2012) have it; bounds as in powerLaw.ts. SciPy
starts from many places, and the best answer is kept.
"""

import json

import numpy
from scipy.optimize import least_squares

LOW, HIGH = [-10.0, 0.0, 0.05], [1.0, 20.0, 3.0]


def fit(photos, accuracies):
    weights = numpy.sqrt(numpy.arange(1, len(photos) + 1) / len(photos))

    def residuals(law):
        ceiling, drop, rate = law
        return weights * (accuracies - (ceiling - drop * photos**-rate))

    starts = [[c, d, r] for c in (0.5, 0.8, 0.99) for d in (0.1, 0.5, 1.5) for r in (0.1, 0.4, 1, 2)]
    found = [least_squares(residuals, start, bounds=(LOW, HIGH), xtol=1e-15, ftol=1e-15, gtol=1e-15,
                           max_nfev=20000) for start in starts]
    best = min(found, key=lambda each: each.cost)
    return best.x, 2 * best.cost


cases = []
for name, photos, accuracies in [
    ("rising", [1, 2, 4, 8, 16, 32], [0.42, 0.55, 0.655, 0.72, 0.781, 0.81]),
    ("levelling off", [1, 2, 4, 8, 16, 32, 64], [0.6, 0.74, 0.84, 0.886, 0.897, 0.903, 0.9]),
    ("to the ceiling", [2, 4, 8, 16, 32], [0.5, 0.65, 0.79, 0.895, 0.985]),
    ("uneven steps", [1, 2, 4, 8, 11.3], [0.31, 0.44, 0.47, 0.6, 0.58]),
]:
    law, error = fit(numpy.array(photos, float), numpy.array(accuracies))
    at_double = law[0] - law[1] * (2.0 * photos[-1]) ** -law[2]
    cases.append({"name": name, "photos": photos, "accuracies": accuracies,
                  "squaredError": error, "atDouble": at_double})
print(json.dumps({"madeWith": "SciPy 1.17.1, least_squares", "cases": cases}, indent=2))
