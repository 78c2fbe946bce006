"""The picture that a formula makes, and the activation that any engine must get for it."""

import numpy as np

from network import LayerNetwork, activations

PIXEL_FORMULA = '(37*y + 17*x + 91*c + y*x) mod 256, c = 0 red, 1 green, 2 blue'


def picture(side: int) -> np.ndarray:
    """PIXEL_FORMULA as bytes (3, side, side)."""
    c, y, x = np.mgrid[0:3, 0:side, 0:side]
    return ((37 * y + 17 * x + 91 * c + y * x) % 256).astype(np.uint8)


def document(network: LayerNetwork, side: int) -> dict:
    """What `selftest.json` holds."""
    (activation,) = activations(network, picture(side)[None])
    return {
        'input': {
            'shape': [1, side, side, 3],
            'pixel': PIXEL_FORMULA,
            'range': 'x / 127.5 - 1',
        },
        'cutLayer': network.layers[-1].name,
        'pooling': 'global-average',
        'activation': [round(float(value), 5) for value in activation],
    }
