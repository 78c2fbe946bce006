"""
Loads model.h5 with Keras 2: by `tf_keras` where it is installed, else by the copy that TensorFlow keeps,
which is older than 2.10 and lacks two of the classes. Those have here the arguments that they had in Keras 2.
"""

import logging
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

from golden import check_folders, skip

logging.disable(logging.WARNING)

# Keras 2 gives it another size than it has; TensorFlow.js has no words for it either, so the app refuses it.
WITHOUT = {"keras3-depthwise-convolution-strided-and-dilated"}


def of_the_package():
    import tf_keras

    return f"tf_keras {tf_keras.__version__}", tf_keras.models.load_model, {}


def of_tensorflow():
    import tensorflow as tf
    import tensorflow.python.keras as keras2

    class Rescaling(keras2.layers.Layer):
        def __init__(self, scale, offset=0.0, **of_all):
            super().__init__(**of_all)
            self.scale, self.offset = scale, offset

        def call(self, values):
            return values * tf.constant(self.scale, tf.float32) + tf.constant(self.offset, tf.float32)

    class BatchNormalization(keras2.layers.Layer):
        """Over the last axis, where files of ours have their channels."""

        def __init__(self, axis=-1, momentum=0.99, epsilon=1e-3, center=True, scale=True, **of_all):
            super().__init__(**of_all)
            self.epsilon = epsilon
            # In the order of their values in a file.
            names = {"gamma": scale, "beta": center, "moving_mean": True, "moving_variance": True}
            self.names = [name for name, is_there in names.items() if is_there]

        def build(self, shape):
            self.values = {name: self.add_weight(name, shape[-1:]) for name in self.names}

        def call(self, values):
            mean, variance = self.values["moving_mean"], self.values["moving_variance"]
            beta, gamma = self.values.get("beta"), self.values.get("gamma")
            return tf.nn.batch_normalization(values, mean, variance, beta, gamma, self.epsilon)

    classes = {"Rescaling": Rescaling, "BatchNormalization": BatchNormalization}
    return f"Keras 2 in TensorFlow {tf.__version__}", keras2.models.load_model, classes


def find_keras2():
    for find in (of_the_package, of_tensorflow):
        try:
            return find()
        except ImportError:
            continue
    skip("tf_keras or tensorflow-cpu")


name, load_model, classes = find_keras2()


def with_keras2(path):
    return load_model(str(path), custom_objects=classes, compile=False)


print(name)
sys.argv[1:] = [folder for folder in sys.argv[1:] if Path(folder).name not in WITHOUT]
sys.exit(check_folders(["model.h5"], with_keras2, 1e-3))
