"""A base as the folder that the app reads: `model.json`, `weights.bin` and `selftest.json`."""

import json
from pathlib import Path

import torch

import self_test
from network import LayerNetwork
from problem import Problem
from topology import from_topology, to_topology
from weights_file import pack, to_keras, to_torch, unpack


def write_base(network: LayerNetwork, folder: Path, side: int) -> None:
    """Writes the three files. The self-test is of the float16 weights, which are what ships."""
    tensors = {
        f'{layer}/{tensor}': to_keras(tensor, values.detach().numpy())
        for layer, tensor, values in network.tensors()
    }
    data, entries = pack(tensors)
    model = {
        'format': 'layers-model',
        'generatedBy': 'graft train-base',
        'convertedBy': None,
        'modelTopology': to_topology(network.layers, side),
        'weightsManifest': [{'paths': ['weights.bin'], 'weights': entries}],
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / 'weights.bin').write_bytes(data)
    (folder / 'model.json').write_text(json.dumps(model))
    written, _ = read_base(folder)
    (folder / 'selftest.json').write_text(json.dumps(self_test.document(written, side)))


def read_base(folder: Path) -> tuple[LayerNetwork, int]:
    """A MobileNetV2 in TF.js layers format, and the side of its input in pixels. Raises Problem."""
    try:
        model = json.loads((folder / 'model.json').read_text())
        (group,) = model['weightsManifest']
        data = b''.join((folder / path).read_bytes() for path in group['paths'])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Problem(f'{folder} is not a base in TF.js layers format: {error}') from error
    tensors = unpack(data, group['weights'])
    layers, side = from_topology(model['modelTopology'])
    network = LayerNetwork(layers)
    with torch.no_grad():
        for layer, tensor, target in network.tensors():
            values = tensors.get(f'{layer}/{tensor}')
            if values is None:
                raise Problem(f'{folder} has no weights {layer}/{tensor}')
            target.copy_(torch.from_numpy(to_torch(tensor, values).copy()))
    return network, side
