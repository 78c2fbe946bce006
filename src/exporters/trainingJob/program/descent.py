"""Gradient descent with Graft's settings: the same batches, learning rates, weights and stop."""

import math

import keras
import numpy as np
from scipy.special import log_softmax

from job import JOB, NUM_CLASSES
from random_numbers import of_epoch

MEASURED_AT_ONCE = 256


def descend(model, train, held, settings, report, optimizer=None):
    """
    Trains a model that gives logits and leaves it with the weights of its best epoch. `train` and `held` are
    parts whose rows the model takes; `report(metrics)` is called after each epoch.
    """
    loss = keras.losses.CategoricalCrossentropy(
        from_logits=True, label_smoothing=settings["labelSmoothing"]
    )
    model.compile(optimizer or make_optimizer(settings, model), loss)
    targets = np.eye(NUM_CLASSES, dtype=np.float32)
    weights = class_weights(settings["classWeights"], train.classes)
    order = range(len(train.classes))
    steps = math.ceil(len(order) / settings["batchSize"])
    best, lowest, since = None, math.inf, 0
    for epoch in range(1, (JOB["stopAfterEpochs"] or settings["epochs"]) + 1):
        shuffled = of_epoch(settings["seed"], epoch).shuffled(order)
        for step in range(steps):
            model.optimizer.learning_rate = rate_at((epoch - 1) * steps + step, steps, settings)
            batch = shuffled[step * settings["batchSize"] : (step + 1) * settings["batchSize"]]
            classes = train.classes[batch]
            model.train_on_batch(as_input(model, train.rows[batch]), targets[classes], weights[classes])
        metrics = {"epoch": epoch, **measure(model, train, "")}
        if held is not None:
            metrics.update(measure(model, held, "validation_"))
        report(metrics)
        if not math.isfinite(metrics["loss"]):
            raise FloatingPointError(f"The loss is not finite in epoch {epoch}")
        stopping = settings["earlyStopping"]
        since += 1
        if stopping is None or held is None or metrics["validation_loss"] < lowest:
            best, lowest, since = model.get_weights(), metrics.get("validation_loss", math.inf), 0
        elif since >= stopping["patience"]:
            break
    model.set_weights(best)


def as_input(model, rows):
    return rows.astype(np.float32).reshape(len(rows), *model.inputs[0].shape[1:])


def answer(model, rows):
    """Logits or whatever the model gives: [rows, ...]."""
    starts = range(0, len(rows), MEASURED_AT_ONCE)
    chunks = [as_input(model, rows[start : start + MEASURED_AT_ONCE]) for start in starts]
    return np.concatenate([np.asarray(model.predict_on_batch(chunk)) for chunk in chunks])


def measure(model, part, prefix):
    """Plain cross-entropy and accuracy, as the model predicts."""
    logs = log_softmax(answer(model, part.rows).astype(np.float64), axis=1)
    loss = -logs[np.arange(len(logs)), part.classes].mean()
    accuracy = (logs.argmax(axis=1) == part.classes).mean()
    return {f"{prefix}loss": float(loss), f"{prefix}accuracy": float(accuracy)}


def make_optimizer(settings, model, kinds=keras.optimizers):
    config = settings["optimizer"]
    options = clipping_options(settings.get("clipping", {"kind": "none"}))
    kind = config["kind"]
    if kind in ("momentum", "nesterov"):
        is_nesterov = kind == "nesterov"
        return kinds.SGD(1.0, momentum=config["momentum"], nesterov=is_nesterov, **options)
    if kind == "adamw":
        optimizer = kinds.AdamW(1.0, weight_decay=config["weightDecay"], **options)
        flat = [each for each in model.trainable_variables if len(each.shape) < 2]
        if flat:
            optimizer.exclude_from_weight_decay(var_list=flat)
        return optimizer
    classes = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop", "adagrad": "Adagrad"}
    return getattr(kinds, classes[kind])(1.0, **options)


def clipping_options(clipping):
    names = {"value": "clipvalue", "norm": "global_clipnorm"}
    kind = clipping["kind"]
    return {names[kind]: clipping["clipLimit"]} if kind in names else {}


def rate_at(step, steps_per_epoch, settings):
    """A linear warm-up, then constant, stepwise, or half a cosine down to 0."""
    schedule, rate = settings["schedule"], settings["learningRate"]
    warm_up = schedule["warmUpEpochs"] * steps_per_epoch
    if step < warm_up:
        return rate * step / warm_up
    since = step - warm_up
    if schedule["kind"] == "step":
        return rate * schedule["stepFactor"] ** (since // (schedule["stepEpochs"] * steps_per_epoch))
    if schedule["kind"] == "cosine":
        share = since / (settings["epochs"] * steps_per_epoch - warm_up)
        return rate * (1 + math.cos(math.pi * share)) / 2
    return rate


def class_weights(config, classes):
    """How much a photo of each class counts: [classes]."""
    if config["kind"] == "own":
        return np.array(config["weights"], np.float32)
    if config["kind"] == "balanced":
        counts = np.bincount(classes, minlength=NUM_CLASSES)
        return (len(classes) / (NUM_CLASSES * np.maximum(counts, 1))).astype(np.float32)
    return np.ones(NUM_CLASSES, np.float32)
