"""Loads model.keras and model.h5 with Keras 3."""

import logging
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

from golden import check_folders, skip

logging.disable(logging.WARNING)

try:
    import keras
except ImportError:
    skip("keras and tensorflow-cpu")


def with_keras3(path):
    model = keras.saving.load_model(path, compile=False)
    return lambda pixels: model.predict(pixels, verbose=0)


print(f"Keras {keras.__version__}")
sys.exit(check_folders(["model.keras", "model.h5"], with_keras3, 1e-3))
