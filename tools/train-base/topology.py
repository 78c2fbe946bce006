"""Layers to and from the topology of a TF.js layers model (Keras 2's way of writing a model)."""

from collections.abc import Sequence

from architecture import Layer
from problem import Problem


def to_topology(layers: Sequence[Layer], side: int) -> dict:
    """The `modelTopology` of `model.json` for square inputs of `side` pixels."""
    config = {
        'name': 'graft_starter_base',
        'layers': [_entry(layer, side) for layer in layers],
        'input_layers': [[layers[0].name, 0, 0]],
        'output_layers': [[layers[-1].name, 0, 0]],
    }
    return {
        'keras_version': '2.1.6',
        'backend': 'tensorflow',
        'model_config': {'class_name': 'Model', 'config': config},
    }


def _entry(layer: Layer, side: int) -> dict:
    class_name, config = _class_and_config(layer, side)
    return {
        'name': layer.name,
        'class_name': class_name,
        'config': {'name': layer.name, **config},
        'inbound_nodes': [[[name, 0, 0, {}] for name in layer.inputs]] if layer.inputs else [],
    }


def _class_and_config(layer: Layer, side: int) -> tuple[str, dict]:
    match layer.kind:
        case 'input':
            shape = [None, side, side, layer.channels]
            return 'InputLayer', {'batch_input_shape': shape, 'dtype': 'float32', 'sparse': False}
        case 'pad':
            return 'ZeroPadding2D', {'padding': [list(layer.padding)] * 2}
        case 'conv':
            return 'Conv2D', {'filters': layer.channels, **_convolution(layer)}
        case 'depthwise':
            return 'DepthwiseConv2D', {'depth_multiplier': 1, **_convolution(layer)}
        case 'batch-norm':
            return 'BatchNormalization', {'axis': -1, 'epsilon': layer.epsilon}
        case 'relu6':
            return 'ReLU', {'max_value': 6}
        case 'add':
            return 'Add', {}


def _convolution(layer: Layer) -> dict:
    return {
        'kernel_size': [layer.kernel_size] * 2,
        'strides': [layer.stride] * 2,
        'padding': 'same' if layer.keeps_size else 'valid',
        'activation': 'linear',
        'use_bias': False,
    }


def from_topology(topology: dict) -> tuple[list[Layer], int]:
    """The layers of any MobileNetV2 without top, and the side of its input. Raises Problem."""
    layers: list[Layer] = []
    channels: dict[str, int] = {}
    try:
        entries = topology['model_config']['config']['layers']
        for entry in entries:
            inputs = tuple(node[0] for call in entry['inbound_nodes'] for node in call)
            channels_in = channels[inputs[0]] if inputs else 3
            layer = _read_layer(entry, inputs, channels_in)
            channels[layer.name] = layer.channels
            layers.append(layer)
        return layers, entries[0]['config']['batch_input_shape'][1]
    except (KeyError, IndexError, TypeError) as error:
        raise Problem(f'The topology is not that of a TF.js layers model: {error!r}') from error


def _read_layer(entry: dict, inputs: tuple[str, ...], channels_in: int) -> Layer:
    name, config = entry['name'], entry['config']
    match entry['class_name']:
        case 'InputLayer':
            return Layer('input', name, inputs, channels_in)
        case 'ZeroPadding2D':
            return Layer('pad', name, inputs, channels_in, padding=tuple(config['padding'][0]))
        case 'Conv2D':
            return Layer('conv', name, inputs, config['filters'], **_read_convolution(config))
        case 'DepthwiseConv2D':
            return Layer('depthwise', name, inputs, channels_in, **_read_convolution(config))
        case 'BatchNormalization':
            return Layer('batch-norm', name, inputs, channels_in, epsilon=config['epsilon'])
        case 'ReLU' if config['max_value'] == 6:
            return Layer('relu6', name, inputs, channels_in)
        case 'Add':
            return Layer('add', name, inputs, channels_in)
    raise Problem(f'The layer {name} ({entry["class_name"]}) is not one that MobileNetV2 has')


def _read_convolution(config: dict) -> dict:
    if config['use_bias']:
        raise Problem(f'The layer {config["name"]} has a bias, which MobileNetV2 has not')
    return {
        'kernel_size': config['kernel_size'][0],
        'stride': config['strides'][0],
        'keeps_size': config['padding'] == 'same',
    }
