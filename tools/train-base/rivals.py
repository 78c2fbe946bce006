"""What a base must beat to be worth anything: random weights, and the colours alone."""

import numpy as np
import torch

from architecture import mobilenet_v2
from network import LayerNetwork, activations, input_values

BINS_PER_CHANNEL = 16
CALIBRATION_BATCH = 64


@torch.no_grad()
def random_activations(pixels: np.ndarray, seed: int) -> np.ndarray:
    """Of a network with random weights, its batch norms set to what these photos give."""
    torch.manual_seed(seed)
    network = LayerNetwork(mobilenet_v2()).train()
    for module in network.parts.values():
        # No momentum: the plain mean over all batches.
        module.momentum = None
    for start in range(0, len(pixels), CALIBRATION_BATCH):
        network(input_values(pixels[start : start + CALIBRATION_BATCH]))
    return activations(network, pixels)


def colour_histograms(pixels: np.ndarray) -> np.ndarray:
    """(N, 3, S, S) bytes to (N, 48): how much of a channel lies in each sixteenth of its range."""
    bins = pixels // (256 // BINS_PER_CHANNEL)
    columns = [
        (bins[:, channel] == number).mean((1, 2))
        for channel in range(3)
        for number in range(BINS_PER_CHANNEL)
    ]
    return np.stack(columns, 1).astype(np.float32)
