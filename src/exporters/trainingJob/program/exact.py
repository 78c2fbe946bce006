"""A softmax layer at the optimum of its penalised loss, as Graft's exact solver finds it."""

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax

from random_numbers import Random

NUM_FOLDS = 3
# For activations with a mean squared length of 1, strongest first.
STRENGTHS = (3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6)
USUAL_STRENGTH = 3e-5
SEARCHED = ("standardised", "centred")


def statistics(rows):
    """Means, deviations, and what standardising divides by, of each column."""
    means = rows.mean(axis=0, dtype=np.float64)
    deviations = rows.std(axis=0, dtype=np.float64)
    return means, deviations, deviations + (deviations.mean() or 1)


def fit(part, num_classes, seed, scaling="auto", l2=None):
    """Kernel [size, classes] and bias for activations as they come, and the scaling and l2 used."""
    means, deviations, divisors = statistics(part.rows)
    rows = part.rows.astype(np.float32) - means.astype(np.float32)
    folds = deal_folds(part, seed)
    paths = search_paths(scaling, l2, deviations, divisors, len(folds) > 1)
    settings = [(path, strength) for path in paths for strength in path["strengths"]]
    path, strength = settings[0]
    if len(settings) > 1:
        path, strength = choose(paths, rows, part.classes, folds, num_classes)
    factors, penalty = path["factors"], strength / path["unit"]
    tolerance = min(1e-4, 1e-3 * penalty)
    start = np.zeros((len(factors) + 1) * num_classes)
    point = optimum(rows, part.classes, factors, penalty, start, tolerance, 500)
    kernel, bias = unpacked(point, num_classes)
    kernel = kernel * factors[:, None]
    chosen = {"scaling": path["scaling"], "l2": strength}
    return kernel.astype(np.float32), (bias - means @ kernel).astype(np.float32), chosen


def search_paths(scaling, l2, deviations, divisors, is_comparable):
    searched = SEARCHED if is_comparable else SEARCHED[:1]
    paths = []
    for each in searched if scaling == "auto" else [scaling]:
        asked = 1 / divisors if each == "standardised" else np.ones_like(divisors)
        unit = float(np.mean((asked * deviations) ** 2)) or 1.0
        strengths = STRENGTHS if is_comparable else (USUAL_STRENGTH,)
        rounded = [float(f"{strength * unit * len(asked):.1e}") for strength in strengths]
        paths.append(
            {
                "scaling": each,
                "factors": asked / np.sqrt(unit),
                "unit": unit,
                "strengths": rounded if l2 is None else [l2],
            }
        )
    return paths


def choose(paths, rows, classes, folds, num_classes):
    """The path and strength under which photos are likeliest while they are held out."""
    best = (np.inf, None, None)
    for path in paths:
        start = np.zeros((rows.shape[1] + 1) * num_classes)
        points, lowest = [start] * len(folds), np.inf
        for strength in path["strengths"]:
            loss = 0.0
            for fold, (trained, measured) in enumerate(folds):
                penalty = strength / path["unit"]
                fitted = (rows[trained], classes[trained], path["factors"], penalty)
                points[fold] = optimum(*fitted, points[fold], 3e-3, 100)
                loss += cross_entropy(
                    rows[measured], classes[measured], path["factors"], points[fold]
                ) * len(measured)
            if not loss < lowest:
                break
            lowest = loss
            if loss < best[0]:
                best = (loss, path, strength)
    return best[1:]


def deal_folds(part, seed):
    """[(rows to train on, rows to measure)]; all views of a photo are trained on together."""
    count = part.rows_per_photo
    of_photos = part.classes[::count]
    random, held, next_fold = Random(seed), [[] for _ in range(NUM_FOLDS)], 0
    for index in dict.fromkeys(of_photos.tolist()):
        photos = random.shuffled(np.flatnonzero(of_photos == index).tolist())
        if len(photos) == 1:
            continue
        for photo in photos:
            held[next_fold % NUM_FOLDS].append(photo)
            next_fold += 1
    everything = np.arange(len(of_photos))
    return [
        (
            (np.setdiff1d(everything, fold)[:, None] * count + np.arange(count)).ravel(),
            np.array(fold) * count,
        )
        for fold in held
        if fold
    ]


def optimum(rows, classes, factors, penalty, start, tolerance, max_iterations):
    """L-BFGS on mean cross-entropy plus penalty / 2 times the squared kernel, not the bias."""
    num_classes = len(start) // (len(factors) + 1)
    targets = np.eye(num_classes)[classes]

    def loss_and_gradient(point):
        kernel, bias = unpacked(point, num_classes)
        logs = log_softmax(logits_of(rows, kernel, bias, factors), axis=1)
        errors = ((np.exp(logs) - targets) / len(rows)).astype(np.float32)
        by_kernel = (rows.T @ errors) * factors[:, None] + penalty * kernel
        gradient = np.concatenate([by_kernel.ravel(), errors.sum(axis=0)])
        loss = -logs[np.arange(len(rows)), classes].mean()
        return loss + penalty / 2 * float((kernel**2).sum()), gradient.astype(np.float64)

    options = {"maxiter": max_iterations, "gtol": tolerance, "ftol": 0, "maxcor": 10}
    return minimize(loss_and_gradient, start, jac=True, method="L-BFGS-B", options=options).x


def unpacked(point, num_classes):
    return point[:-num_classes].reshape(-1, num_classes), point[-num_classes:]


def logits_of(rows, kernel, bias, factors):
    return (rows @ (kernel * factors[:, None]).astype(np.float32)).astype(np.float64) + bias


def cross_entropy(rows, classes, factors, point):
    num_classes = len(point) // (len(factors) + 1)
    logs = log_softmax(logits_of(rows, *unpacked(point, num_classes), factors), axis=1)
    return -logs[np.arange(len(rows)), classes].mean()
