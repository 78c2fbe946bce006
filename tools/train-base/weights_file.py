"""The weights of a TF.js layers model: one file of float16 values, and its manifest."""

import numpy as np

from problem import Problem

# PyTorch's (out, in, height, width) to Keras' kernels, and back.
TO_KERAS_AXES = {'kernel': (2, 3, 1, 0), 'depthwise_kernel': (2, 3, 0, 1)}
TO_TORCH_AXES = {'kernel': (3, 2, 0, 1), 'depthwise_kernel': (2, 3, 0, 1)}


def to_keras(tensor: str, values: np.ndarray) -> np.ndarray:
    """A tensor of PyTorch with its axes in Keras' order."""
    return values.transpose(TO_KERAS_AXES[tensor]) if tensor in TO_KERAS_AXES else values


def to_torch(tensor: str, values: np.ndarray) -> np.ndarray:
    """A tensor of Keras with its axes in PyTorch's order."""
    return values.transpose(TO_TORCH_AXES[tensor]) if tensor in TO_TORCH_AXES else values


def pack(tensors: dict[str, np.ndarray]) -> tuple[bytes, list[dict]]:
    """Values as float16, little endian, end to end; and the manifest's entries."""
    entries = []
    parts = []
    for name, values in tensors.items():
        with np.errstate(over='ignore'):
            halves = values.astype('<f2')
        if not np.isfinite(halves).all():
            raise Problem(f'{name} has values that float16 cannot hold')
        quantization = {'dtype': 'float16', 'original_dtype': 'float32'}
        shape = list(values.shape)
        entries.append(
            {'name': name, 'shape': shape, 'dtype': 'float32', 'quantization': quantization}
        )
        parts.append(halves.tobytes())
    return b''.join(parts), entries


def unpack(data: bytes, entries: list[dict]) -> dict[str, np.ndarray]:
    """The tensors as float32 by name, stored as float16 or float32. Raises Problem."""
    tensors = {}
    offset = 0
    for entry in entries:
        stored = np.dtype('<f2' if entry.get('quantization') else '<f4')
        count = int(np.prod(entry['shape']))
        if offset + count * stored.itemsize > len(data):
            raise Problem(f'The weights end before {entry["name"]}')
        values = np.frombuffer(data, stored, count, offset)
        tensors[entry['name']] = values.astype('f4').reshape(entry['shape'])
        offset += count * stored.itemsize
    if offset != len(data):
        raise Problem(f'The weights have {len(data) - offset} bytes more than the manifest says')
    return tensors
