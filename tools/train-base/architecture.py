"""MobileNetV2 as data: a list of layers with Keras' names, in the order in which they run.

The PyTorch network, `model.json` and the names of the weights are all made from this list.
Source: Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018, table 2.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal['input', 'pad', 'conv', 'depthwise', 'batch-norm', 'relu6', 'add']

# (expansion, channels before the width multiplier, repeats, stride of the first)
BLOCK_GROUPS = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)
WIDTH = 0.35
ACTIVATION_SIZE = 1280
EPSILON = 1e-5


@dataclass(frozen=True)
class Layer:
    """One layer; `channels` are those of its output, `padding` is (before, after) on both axes."""

    kind: Kind
    name: str
    inputs: tuple[str, ...]
    channels: int
    kernel_size: int = 1
    stride: int = 1
    keeps_size: bool = True
    padding: tuple[int, int] = (0, 0)
    epsilon: float = EPSILON


class _Builder:
    """Appends layers, each reading the one before it."""

    def __init__(self) -> None:
        self.layers = [Layer('input', 'input_1', (), 3)]

    def add(self, kind: Kind, name: str, channels: int | None = None, **settings) -> None:
        last = self.layers[-1]
        self.layers.append(Layer(kind, name, (last.name,), channels or last.channels, **settings))

    def conv(self, name: str, norm: str, channels: int, **settings) -> None:
        self.add('conv', name, channels, **settings)
        self.add('batch-norm', norm)


def mobilenet_v2(width: float = WIDTH) -> list[Layer]:
    """The layers up to `out_relu`. Strided layers pad one pixel on every side, as PyTorch does."""
    build = _Builder()
    build.add('pad', 'Conv1_pad', padding=(1, 1))
    stem = rounded_to_eight(32 * width)
    build.conv('Conv1', 'bn_Conv1', stem, kernel_size=3, stride=2, keeps_size=False)
    build.add('relu6', 'Conv1_relu')
    number = 0
    for expansion, channels, repeats, first_stride in BLOCK_GROUPS:
        for repeat in range(repeats):
            stride = first_stride if repeat == 0 else 1
            _add_block(build, number, expansion, rounded_to_eight(channels * width), stride)
            number += 1
    build.conv('Conv_1', 'Conv_1_bn', ACTIVATION_SIZE, keeps_size=False)
    build.add('relu6', 'out_relu')
    return build.layers


def _add_block(build: _Builder, number: int, expansion: int, channels: int, stride: int) -> None:
    """An inverted residual: expand, filter, project; added to its input where both fit."""
    start = build.layers[-1]
    prefix = 'expanded_conv' if number == 0 else f'block_{number}'
    if expansion > 1:
        expanded = start.channels * expansion
        build.conv(f'{prefix}_expand', f'{prefix}_expand_BN', expanded)
        build.add('relu6', f'{prefix}_expand_relu')
    if stride == 2:
        build.add('pad', f'{prefix}_pad', padding=(1, 1))
    depthwise = f'{prefix}_depthwise'
    build.add('depthwise', depthwise, kernel_size=3, stride=stride, keeps_size=stride == 1)
    build.add('batch-norm', f'{depthwise}_BN')
    build.add('relu6', f'{depthwise}_relu')
    build.conv(f'{prefix}_project', f'{prefix}_project_BN', channels)
    if stride == 1 and start.channels == channels:
        inputs = (start.name, build.layers[-1].name)
        build.layers.append(Layer('add', f'{prefix}_add', inputs, channels))


def rounded_to_eight(channels: float) -> int:
    """The multiple of eight that is nearest, but never more than a tenth below."""
    nearest = max(8, int(channels + 4) // 8 * 8)
    return nearest + 8 if nearest < 0.9 * channels else nearest
