"""Runs model.tflite and model-float16.tflite with TensorFlow's interpreter, and reads their class names."""

import os
import sys
import zipfile
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

from golden import check, read_golden, skip

try:
    import tensorflow as tf
except ImportError:
    skip("tensorflow-cpu")

TOLERANCES = {"model.tflite": 1e-3, "model-float16.tflite": 1e-2}


def with_interpreter(path):
    """All pictures as one batch, which the input is resized to."""
    interpreter = tf.lite.Interpreter(model_path=str(path))
    tensor = interpreter.get_input_details()[0]["index"]
    output = interpreter.get_output_details()[0]["index"]

    def run(pixels):
        interpreter.resize_tensor_input(tensor, pixels.shape)
        interpreter.allocate_tensors()
        interpreter.set_tensor(tensor, pixels)
        interpreter.invoke()
        return interpreter.get_tensor(output)

    return run


def names_every_class(folder, path):
    _, probabilities = read_golden(folder)
    labels = zipfile.ZipFile(path).read("labels.txt").decode().splitlines()
    is_fine = len(labels) == probabilities.shape[1]
    if not is_fine:
        print(f"FAILED  {folder.name}/{path.name}  {len(labels)} class names")
    return is_fine


paths = [
    (folder, folder / name)
    for folder in map(Path, sys.argv[1:])
    for name in TOLERANCES
    if (folder / name).exists()
]
results = [
    check(folder, path, with_interpreter, TOLERANCES[path.name]) and names_every_class(folder, path)
    for folder, path in paths
]
print(f"{sum(results)} of {len(paths)} files, TensorFlow {tf.__version__}")
sys.exit(0 if paths and all(results) else 1)
