"""The job as Graft wrote it: settings, split and accuracies in job.json, beside the files it names."""

import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
JOB = json.loads((FOLDER / "job.json").read_text(encoding="utf-8"))
SETTINGS = JOB["settings"]
NUM_CLASSES = len(JOB["labels"])
PARTS = ("train", "validation", "test")
