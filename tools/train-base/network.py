"""A list of layers as a PyTorch network."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from architecture import Layer

# Running means of the batch norms follow the last twenty batches or so.
BATCH_NORM_MOMENTUM = 0.05


class LayerNetwork(nn.Module):
    """(N, 3, H, W) in [-1, 1] to globally averaged activations of the last layer, (N, channels)."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        super().__init__()
        self.layers = tuple(layers)
        channels = {layer.name: layer.channels for layer in layers}
        self.parts = nn.ModuleDict()
        for layer in layers:
            if layer.kind in ('conv', 'depthwise', 'batch-norm'):
                self.parts[layer.name] = _part(layer, channels[layer.inputs[0]])

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        outputs: dict[str, torch.Tensor] = {}
        for layer in self.layers:
            outputs[layer.name] = self._run(layer, [outputs[name] for name in layer.inputs], batch)
        return outputs[self.layers[-1].name].mean((2, 3))

    def _run(self, layer: Layer, inputs: list[torch.Tensor], batch: torch.Tensor) -> torch.Tensor:
        match layer.kind:
            case 'input':
                return batch
            case 'pad':
                return F.pad(inputs[0], layer.padding * 2)
            case 'relu6':
                return F.relu6(inputs[0])
            case 'add':
                return inputs[0] + inputs[1]
            case _:
                return self.parts[layer.name](inputs[0])

    def tensors(self) -> Iterator[tuple[str, str, torch.Tensor]]:
        """(layer, tensor, values) with Keras' names of tensors, in layer order; values are live."""
        for layer in self.layers:
            if layer.name not in self.parts:
                continue
            part = self.parts[layer.name]
            if isinstance(part, nn.Conv2d):
                kernel = 'depthwise_kernel' if layer.kind == 'depthwise' else 'kernel'
                yield layer.name, kernel, part.weight
            elif isinstance(part, nn.BatchNorm2d):
                yield layer.name, 'gamma', part.weight
                yield layer.name, 'beta', part.bias
                yield layer.name, 'moving_mean', part.running_mean
                yield layer.name, 'moving_variance', part.running_var


def _part(layer: Layer, channels_in: int) -> nn.Module:
    if layer.kind == 'batch-norm':
        return nn.BatchNorm2d(channels_in, eps=layer.epsilon, momentum=BATCH_NORM_MOMENTUM)
    return nn.Conv2d(
        channels_in,
        layer.channels,
        layer.kernel_size,
        layer.stride,
        padding=layer.kernel_size // 2 if layer.keeps_size else 0,
        groups=channels_in if layer.kind == 'depthwise' else 1,
        bias=False,
    )


def input_values(pixels: np.ndarray) -> torch.Tensor:
    """Bytes to the range that the base was trained on, [-1, 1]."""
    return torch.from_numpy(pixels).float().div_(127.5).sub_(1)


@torch.no_grad()
def activations(network: LayerNetwork, pixels: np.ndarray, batch_size: int = 32) -> np.ndarray:
    """(N, 3, S, S) bytes to (N, activation size) float32."""
    network.eval()
    starts = range(0, len(pixels), batch_size)
    return np.concatenate(
        [network(input_values(pixels[start : start + batch_size])).numpy() for start in starts]
    )
