"""Runs model.tflite, model-float16.tflite and model-int8.tflite with TensorFlow's interpreter, and reads their metadata."""

import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

from golden import check, exit_status, largest_difference, read_golden, skip

try:
    import tensorflow as tf
    from lite_metadata import read_metadata
except ImportError:
    skip("tensorflow-cpu")

# Of 8 bits, beyond what the app's own check found: one or two steps of the kernels, which differ.
TOLERANCES = {"model.tflite": 1e-3, "model-float16.tflite": 1e-2, "model-int8.tflite": 2e-2}


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


def tolerance(folder, path):
    found = largest_difference(folder) if path.stem.endswith("int8") else 0
    return found + TOLERANCES[path.name]


def describes_itself(folder, path):
    """Whether the metadata says what the pictures are and what each class is called."""
    pixels, probabilities = read_golden(folder)
    found = read_metadata(path.read_bytes())
    expected = {
        "image_size": pixels.shape[2:0:-1],
        "mean": [0],
        "deviation": [1],
        "labels_type": "axis",
        "num_labels": probabilities.shape[1],
    }
    problems = [f"{key} {found[key]}" for key in expected if found[key] != expected[key]]
    if problems:
        print(f"FAILED  {folder.name}/{path.name}  metadata: {', '.join(problems)}")
    return not problems


paths = [
    (folder, folder / name)
    for folder in map(Path, sys.argv[1:])
    for name in TOLERANCES
    if (folder / name).exists()
]
results = [
    check(folder, path, with_interpreter, tolerance(folder, path)) and describes_itself(folder, path)
    for folder, path in paths
]
print(f"{sum(results)} of {len(paths)} files, TensorFlow {tf.__version__}")
sys.exit(exit_status(len(paths), results.count(False)))
