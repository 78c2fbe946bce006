"""From activations to a model: the head by the job's own method, on the base, with its accuracies."""

import json
import shutil
import time

import keras
import numpy as np

import deeper
import exact
import gradient
from activations import load_base
from descent import answer
from job import FOLDER, JOB, NUM_CLASSES, SETTINGS


def fit(parts, out, report=print):
    """Writes the model and what describes it into the folder `out`, and gives its metrics."""
    began = time.monotonic()
    base = load_base()
    train, held = parts["train"], parts.get("validation")
    chosen = None
    if SETTINGS["solver"] == "exact":
        settled = JOB["chosen"] or SETTINGS
        kernel, bias, chosen = exact.fit(
            train, NUM_CLASSES, SETTINGS["seed"], settled["scaling"], settled["l2"]
        )
        layers = [(kernel, bias, "softmax")]
    elif SETTINGS["solver"] == "gradient":
        layers = gradient.fit(train, held, SETTINGS, report)
    else:
        layers = deeper.fit(base, train, held, SETTINGS, report)
    outputs, from_rows = with_head(base, layers)
    accuracy = {name: accuracy_of(from_rows, part) for name, part in parts.items()}
    metrics = {
        "accuracy": accuracy,
        "accuracyInGraft": JOB["accuracyInGraft"],
        "numPhotos": {name: len(part.classes) // part.rows_per_photo for name, part in parts.items()},
        "chosen": chosen,
        "seconds": round(time.monotonic() - began, 1),
    }
    out.mkdir(parents=True, exist_ok=True)
    keras.Model(base.inputs, outputs, name="model").save(out / "model.keras")
    for name in ("labels.txt", "preprocessing.json"):
        shutil.copy(FOLDER / name, out / name)
    about = {"name": JOB["name"]}
    (out / "model_card.json").write_text(json.dumps(about), encoding="utf-8")
    (out / "metrics.json").write_text(json.dumps(metrics, indent=2), encoding="utf-8")
    return metrics


def with_head(base, layers):
    """The head's output on the base's, and as a model of what the activations hold, where they are kept."""
    dense = [
        keras.layers.Dense(
            len(bias),
            activation=activation,
            name="probabilities" if activation == "softmax" else f"hidden_{number}",
        )
        for number, (_, bias, activation) in enumerate(layers, 1)
    ]
    outputs = base.outputs[0]
    for layer, (kernel, bias, _) in zip(dense, layers):
        outputs = layer(outputs)
        layer.set_weights([kernel.astype(np.float32), bias.astype(np.float32)])
    start = JOB["startLayer"]
    kept = base.outputs[0] if start is None else base.get_layer(start).output
    return outputs, keras.Model(kept, outputs)


def accuracy_of(from_rows, part):
    """Of the photos as they are, without their views."""
    answers = answer(from_rows, part.rows[:: part.rows_per_photo])
    return float((answers.argmax(axis=1) == part.classes[:: part.rows_per_photo]).mean())
