"""Classifies photos: python predict.py PHOTO …

pip install numpy==2.4.6 pillow==12.3.0 keras==3.15.1 tensorflow-cpu==2.21.0
"""

import sys

import keras
from photo_input import FOLDER, print_answers

[path] = [*FOLDER.glob("model.keras"), *FOLDER.glob("model.h5")]
model = keras.saving.load_model(path, compile=False)
print_answers(sys.argv[1:], lambda photos: model.predict(photos, verbose=0))
