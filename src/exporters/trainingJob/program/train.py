"""Trains the model of this job; see README.md.

    python train.py
    python train.py --ray --workers 2
    ray job submit --working-dir . --runtime-env-json '{"pip": "requirements.txt"}' -- python train.py --ray
"""

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

from job import FOLDER


def parse():
    parser = argparse.ArgumentParser(description="Trains the model of this job.")
    parser.add_argument("--photos", type=Path, default=FOLDER / "photos", help="folder of shards")
    parser.add_argument("--out", type=Path, default=FOLDER / "out", help="where the model goes")
    parser.add_argument("--cache", type=Path, default=FOLDER / "cache", help="for activations")
    parser.add_argument("--ray", action="store_true", help="run in Ray Train")
    parser.add_argument("--workers", type=int, default=1, help="workers of Ray Train")
    parser.add_argument("--gpu", action="store_true", help="a GPU for each worker")
    parser.add_argument("--storage", help="Ray Train's storage_path, shared by all nodes")
    return parser.parse_args()


def main():
    options = parse()
    if options.ray:
        from on_ray import train_on_ray

        train_on_ray(options)
    else:
        import activations
        from fit import fit

        fit(activations.parts_of(activations.compute(options.photos, options.cache)), options.out)
    metrics = json.loads((options.out / "metrics.json").read_text(encoding="utf-8"))
    print(json.dumps(metrics))
    print(f"{options.out / 'model.keras'} opens in Graft, with the files beside it")


if __name__ == "__main__":
    main()
