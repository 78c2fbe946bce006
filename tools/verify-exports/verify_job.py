"""Trains the app's training jobs by their own program, and has the app read what came out."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

from golden import skip

try:
    import keras
    import PIL
    import scipy
    import numpy as np
except ImportError:
    skip("keras, tensorflow-cpu, scipy and pillow")

TOOLS = Path(__file__).parent
EXPORTERS = TOOLS.parents[1] / "src/exporters"
ONE_POINT, TOLERANCE, SIDE = 0.01, 1e-3, 128
METHODS = ("exact", "gradient", "deeper")
# Ray in little memory, running the program as it is.
ON_RAY = """
import ray, runpy, sys
ray.init(num_cpus=2, object_store_memory=2e8, include_dashboard=False)
sys.argv = ["train.py", "--ray", "--storage", sys.argv[1]]
runpy.run_path("train.py", run_name="__main__")
"""


def has_ray():
    return subprocess.run([sys.executable, "-c", "import ray.train"], capture_output=True).returncode == 0


def node(command, folder):
    script = TOOLS / "trainingJobs.ts"
    return subprocess.run(
        ["npx", "tsx", script, command, folder], check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def with_program(job):
    """The job as it comes from the app, whose bundler puts the program into the zip."""
    program = EXPORTERS / "trainingJob/program"
    for path in [*program.glob("*.py"), EXPORTERS / "snippets/photo_input.py"]:
        shutil.copy(path, job)
    return job


def start(job, on_ray):
    command = ["-c", ON_RAY, str(job / "ray")] if on_ray else ["train.py"]
    environment = {**os.environ, "PYTHONPATH": str(job)}
    log = open(job / "log.txt", "w", encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, *command], cwd=job, env=environment, stdout=log, stderr=subprocess.STDOUT
    )


def is_near(job):
    """Whether its accuracy is the app's, within a point."""
    metrics = json.loads((job / "out/metrics.json").read_text())
    ours, theirs = (metrics[key]["validation"] for key in ("accuracyInGraft", "accuracy"))
    print(f"{job.name}: {100 * theirs:.1f} % right, in the app {100 * ours:.1f} %")
    return abs(theirs - ours) <= ONE_POINT


def answer(job, pixels):
    model = keras.saving.load_model(job / "out/model.keras", compile=False)
    probabilities = np.asarray(model.predict(pixels, verbose=0), "<f4")
    probabilities.tofile(job / "out/probabilities.bin")


def main(folder):
    node("write", folder)
    jobs = [with_program(folder / method) for method in METHODS]
    is_on_ray = has_ray()
    if not is_on_ray:
        print("skipped: Ray Train needs Python with ray[train]")
    running = [start(job, is_on_ray and job.name == "exact") for job in jobs]
    for job, process in zip(jobs, running):
        if process.wait() != 0:
            print((job / "log.txt").read_text(encoding="utf-8"))
            return [False]
    pixels = np.fromfile(folder / "pixels.bin", np.uint8).reshape(-1, SIDE, SIDE, 3)
    for job in jobs:
        answer(job, pixels.astype(np.float32))
    differences = [line.split() for line in node("open", folder).splitlines()]
    for method, difference in differences:
        print(f"{method}: opened in the app, answers within {float(difference):.1e} of Keras'")
    return [
        *map(is_near, jobs),
        len(differences) == len(METHODS),
        *(float(difference) <= TOLERANCE for _, difference in differences),
    ]


print(f"Keras {keras.__version__}")
with tempfile.TemporaryDirectory() as temporary:
    results = main(Path(temporary))
print("ok" if all(results) else "FAILED")
sys.exit(0 if all(results) else 1)
