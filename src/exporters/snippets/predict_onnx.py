"""Classifies photos: python predict.py PHOTO …

pip install numpy==2.4.6 pillow==12.3.0 onnxruntime==1.30.0
"""

import sys

import onnxruntime
from photo_input import FOLDER, print_answers

session = onnxruntime.InferenceSession(FOLDER / "model.onnx", providers=["CPUExecutionProvider"])
print_answers(sys.argv[1:], lambda photos: session.run(None, {"input": photos})[0])
