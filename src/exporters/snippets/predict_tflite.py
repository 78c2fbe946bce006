"""Classifies photos: python predict.py PHOTO …

pip install numpy==2.4.6 pillow==12.3.0 tensorflow-cpu==2.21.0
"""

import sys

import tensorflow as tf
from photo_input import FOLDER, print_answers

interpreter = tf.lite.Interpreter(str(FOLDER / "model.tflite"))
interpreter.allocate_tensors()
[model_input] = interpreter.get_input_details()
[model_output] = interpreter.get_output_details()


def classify(photos):
    interpreter.set_tensor(model_input["index"], photos)
    interpreter.invoke()
    return interpreter.get_tensor(model_output["index"])


print_answers(sys.argv[1:], classify)
