"""Compares our model of 8 bits with what TensorFlow's converter makes of the same network and photos."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

from golden import SKIPPED, skip

try:
    import keras
    import numpy as np
    import tensorflow as tf
except ImportError:
    skip("keras and tensorflow-cpu")

SIDE = 224
NUM_TRAIN, NUM_TEST = 100, 200  # Of each class.
CALIBRATION_STEP = 5


def photo(path):
    """The centre square as 8-bit RGB of the base's size."""
    pixels = tf.image.decode_jpeg(tf.io.read_file(str(path)), channels=3)
    side = min(pixels.shape[:2])
    top, left = ((size - side) // 2 for size in pixels.shape[:2])
    square = tf.cast(pixels[top : top + side, left : left + side], tf.float32)
    resized = tf.image.resize(square, (SIDE, SIDE), "bicubic").numpy()
    return np.clip(np.round(resized), 0, 255).astype(np.uint8)


def draw_photos(assets):
    train, test = [], []
    random = np.random.RandomState(0)
    for index, folder in enumerate(sorted((assets / "photos/flowers").iterdir())):
        paths = sorted(folder.iterdir())
        random.shuffle(paths)
        chosen = [(photo(path), index) for path in paths[: NUM_TRAIN + NUM_TEST]]
        train += chosen[:NUM_TRAIN]
        test += chosen[NUM_TRAIN:]
    return (map(np.stack, zip(*train)), map(np.stack, zip(*test)))


def converted(model, photos):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([each[None].astype(np.float32)] for each in photos)
    return converter.convert()


def top_classes(content, photos):
    interpreter = tf.lite.Interpreter(model_content=content)
    interpreter.allocate_tensors()
    tensor = interpreter.get_input_details()[0]["index"]
    output = interpreter.get_output_details()[0]["index"]
    answers = []
    for each in photos:
        interpreter.set_tensor(tensor, each[None].astype(np.float32))
        interpreter.invoke()
        answers.append(interpreter.get_tensor(output)[0].argmax())
    return np.array(answers)


def main(assets, folder):
    (train, train_classes), (test, test_classes) = draw_photos(assets)
    train.tofile(folder / "train.bin")
    test.tofile(folder / "test.bin")
    train_classes.astype(np.uint8).tofile(folder / "classes.bin")
    script = Path(__file__).with_name("flowerModels.ts")
    subprocess.run(["npx", "tsx", script, folder, assets], check=True)

    whole = np.fromfile(folder / "probabilities.bin", "<f4").reshape(len(test), -1).argmax(1)
    model = keras.saving.load_model(folder / "model.keras", compile=False)
    theirs = top_classes(converted(model, train[::CALIBRATION_STEP]), test)
    ours = top_classes((folder / "model-int8.tflite").read_bytes(), test)

    points = lambda one, other: 100 * float((one == other).mean())
    before = points(whole, test_classes)
    accuracy = {"ours": points(ours, test_classes), "converter": points(theirs, test_classes)}
    agreement = {"ours": points(ours, whole), "converter": points(theirs, whole)}
    print(f"float32: {before:.1f} % right; 8 bits, right: {accuracy}; as float32: {agreement}")
    return [
        accuracy["ours"] >= accuracy["converter"] - 1,
        agreement["ours"] >= agreement["converter"] - 2,
        before - accuracy["ours"] <= 3,
    ]


assets = os.environ.get("GRAFT_ASSETS")
if assets is None:
    print("skipped: needs GRAFT_ASSETS")
    sys.exit(SKIPPED)
with tempfile.TemporaryDirectory() as temporary:
    results = main(Path(assets), Path(temporary))
print("ok" if all(results) else "FAILED")
sys.exit(0 if all(results) else 1)
