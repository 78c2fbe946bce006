"""Reads what a .tflite says about itself, by TensorFlow's own reader of models and by the fields of
`metadata_schema.fbs`: no program that reads such metadata runs on current Pythons."""

import io
import zipfile

import flatbuffers
import tensorflow as tf
from flatbuffers import number_types as types
from flatbuffers.table import Table
from tensorflow.lite.python import schema_py_generated as schema

# Places of the fields in their tables, as the schema lists them.
SUBGRAPHS, PARSER_VERSION = 3, 7
INPUTS, OUTPUTS = 2, 3
CONTENT, PROCESS_UNITS, ASSOCIATED_FILES = 3, 4, 6
LABEL_TYPES = {2: "axis", 3: "value"}
NORMALIZATION, IMAGE = 1, 2


class Fields:
    """A table whose fields are read by their place."""

    def __init__(self, content, position):
        self.table = Table(content, position)

    def _offset(self, place):
        return self.table.Offset(4 + 2 * place)

    def number(self, place, kind):
        offset = self._offset(place)
        return self.table.Get(kind, offset + self.table.Pos) if offset else 0

    def text(self, place):
        return self.table.String(self._offset(place) + self.table.Pos).decode()

    def child(self, place):
        start = self.table.Indirect(self._offset(place) + self.table.Pos)
        return Fields(self.table.Bytes, start)

    def children(self, place):
        offset = self._offset(place)
        start = self.table.Vector(offset)
        count = self.table.VectorLen(offset)
        return [
            Fields(self.table.Bytes, self.table.Indirect(start + 4 * index)) for index in range(count)
        ]

    def floats(self, place):
        offset = self._offset(place)
        start = self.table.Vector(offset)
        count = self.table.VectorLen(offset)
        return [self.table.Get(types.Float32Flags, start + 4 * index) for index in range(count)]


def parts_of(version):
    return tuple(map(int, version.split(".")))


def read_metadata(content):
    """Size (width, height) and normalisation of the input; kind and number of the output's labels."""
    model = schema.Model.GetRootAs(content, 0)
    entries = {
        model.Metadata(i).Name().decode(): model.Buffers(model.Metadata(i).Buffer()).DataAsNumpy()
        for i in range(model.MetadataLength())
    }
    runtime = entries["min_runtime_version"].tobytes().rstrip(b"\0").decode()
    assert parts_of(runtime) <= parts_of(tf.__version__), f"for TensorFlow Lite {runtime}"
    metadata = bytearray(entries["TFLITE_METADATA"].tobytes())
    assert metadata[4:8] == b"M001", "not of the schema"
    root = Fields(metadata, flatbuffers.encode.Get(types.UOffsetTFlags.packer_type, metadata, 0))
    assert root.text(PARSER_VERSION) <= "1.5.0", "a newer schema"
    [subgraph] = root.children(SUBGRAPHS)
    [picture] = subgraph.children(INPUTS)
    [answer] = subgraph.children(OUTPUTS)

    image = picture.child(CONTENT)
    assert image.number(0, types.Uint8Flags) == IMAGE, "not a picture"
    size = image.child(1).child(1)
    [unit] = picture.children(PROCESS_UNITS)
    assert unit.number(0, types.Uint8Flags) == NORMALIZATION, "not normalised"
    [labels] = answer.children(ASSOCIATED_FILES)
    names = zipfile.ZipFile(io.BytesIO(content)).read(labels.text(0)).decode().splitlines()
    return {
        "image_size": (size.number(0, types.Uint32Flags), size.number(1, types.Uint32Flags)),
        "mean": unit.child(1).floats(0),
        "deviation": unit.child(1).floats(1),
        "labels_type": LABEL_TYPES.get(labels.number(2, types.Int8Flags), "other"),
        "num_labels": len(names),
    }
