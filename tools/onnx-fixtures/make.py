"""Makes small ONNX files as PyTorch and the onnx package write them, with their own answers.

    python3 -m venv .venv && .venv/bin/pip install torch==2.13.0 onnx==1.23.1 onnxscript==0.7.2
    .venv/bin/pip install onnxruntime==1.30.0
    .venv/bin/python tools/onnx-fixtures/make.py src/engine/onnxFixtures

What PyTorch writes takes pictures with channels first; remarks about its own source are left out of the
files. `expected.json` holds each model's output for an input of `((i * 37) % 101) / 101 - 0.3`, counted
with channels last.
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper
from torch import nn

SIDE = 12
PIXELS = np.array([((i * 37) % 101) / 101 - 0.3 for i in range(SIDE * SIDE * 3)], np.float32)


class Residual(nn.Module):
    """A ResNet in small, its pooling padded, its end as torchvision has it."""

    def __init__(self):
        super().__init__()
        self.start = nn.Sequential(
            nn.Conv2d(3, 4, 3, stride=1, padding=1, bias=False),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2, padding=1),
        )
        self.body = nn.Sequential(
            nn.Conv2d(4, 6, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(6),
            nn.ReLU(),
            nn.Conv2d(6, 6, 3, padding=1, bias=False),
            nn.BatchNorm2d(6),
        )
        self.short = nn.Conv2d(4, 6, 1, stride=2)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.answer = nn.Linear(6, 3)

    def forward(self, x):
        x = self.start(x)
        x = torch.relu(self.body(x) + self.short(x))
        return torch.softmax(self.answer(torch.flatten(self.pool(x), 1)), 1)


class Mobile(nn.Module):
    """What MobileNets and their successors are made of."""

    def __init__(self):
        super().__init__()
        self.start = nn.Sequential(nn.Conv2d(3, 4, 3, stride=2, padding=1), nn.Hardswish())
        self.depthwise = nn.Sequential(
            nn.Conv2d(4, 8, 3, padding=1, groups=4, bias=False), nn.BatchNorm2d(8), nn.ReLU6()
        )
        self.gate = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Conv2d(8, 2, 1),
            nn.ReLU(),
            nn.Conv2d(2, 8, 1),
            nn.Hardsigmoid(),
        )
        self.branches = nn.ModuleList([nn.SiLU(), nn.GELU(), nn.PReLU(8), nn.LeakyReLU(0.2), nn.ELU()])
        self.enlarge = nn.Upsample(scale_factor=2, mode="nearest")

    def forward(self, x):
        x = self.depthwise(self.start(x))
        x = x * self.gate(x)
        x = torch.cat([branch(x) for branch in self.branches], 1)
        x = nn.functional.avg_pool2d(x, 3, stride=1, padding=1)
        return self.enlarge(x).mean((2, 3))


class Flattened(nn.Module):
    """A VGG in small: dense layers behind a picture that is flattened with its channels first."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, ceil_mode=True), nn.Conv2d(4, 5, 2), nn.Tanh()
        )
        self.answer = nn.Sequential(nn.Linear(45, 7), nn.ReLU(), nn.Dropout(), nn.Linear(7, 3))

    def forward(self, x):
        return self.answer(torch.flatten(self.features(x), 1))


def fill(module):
    generator = torch.Generator().manual_seed(3)
    for name, tensor in module.state_dict().items():
        if name.endswith("num_batches_tracked"):
            continue
        spread = torch.rand(tensor.shape, generator=generator)
        tensor.copy_(spread + 0.5 if name.endswith("running_var") else spread * 1.4 - 0.7)


def plain(model):
    """Without remarks about where in the source everything came from."""
    model.doc_string = ""
    del model.metadata_props[:]
    for each in [model.graph, *model.graph.node, *model.graph.value_info, *model.graph.initializer]:
        each.doc_string = ""
        del each.metadata_props[:]
    for each in [*model.graph.input, *model.graph.output]:
        del each.metadata_props[:]
    return model


def by_torch(module, path, is_new):
    fill(module)
    module.eval()
    pixels = torch.from_numpy(PIXELS.reshape(1, SIDE, SIDE, 3).transpose(0, 3, 1, 2).copy())
    if is_new:
        program = torch.onnx.export(module, (pixels,), dynamo=True, verbose=False)
        model = program.model_proto
    else:
        torch.onnx.export(module, (pixels,), path, dynamo=False, opset_version=13)
        model = onnx.load(path)
    save(plain(model), path)
    return module(pixels).numpy()


def spelled():
    """As the onnx package spells values out, of an early operator set, with channels last."""
    random = np.random.default_rng(5)

    def tensor(name, kind, *shape):
        values = random.uniform(-0.7, 0.7, shape)
        return helper.make_tensor(name, kind, shape, values.astype(np.float32).flatten())

    nodes = [
        helper.make_node("Transpose", ["pixels"], ["first"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["first", "k", "b"], ["conv"], strides=[2, 1], pads=[1, 1, 1, 1]),
        helper.make_node("BatchNormalization", ["conv", "s", "b", "m", "v"], ["norm"]),
        helper.make_node("Clip", ["norm"], ["six"], min=0.0, max=6.0),
        helper.make_node("Cast", ["half"], ["whole"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["six", "whole"], ["scaled"]),
        helper.make_node("ReduceMean", ["scaled"], ["row"], axes=[2, 3], keepdims=0),
        helper.make_node("Unsqueeze", ["row"], ["picture"], axes=[2, 3]),
        helper.make_node("Constant", [], ["sizes"], value=helper.make_tensor("n", TensorProto.INT64, [2], [0, -1])),
        helper.make_node("Reshape", ["picture", "sizes"], ["again"]),
        helper.make_node("Gemm", ["again", "d", "c"], ["logits"], transB=1),
        helper.make_node("Softmax", ["logits"], ["answer"], axis=1),
    ]
    real = TensorProto.FLOAT
    constants = [
        tensor("k", real, 4, 3, 3, 3),
        *[tensor(name, real, 4) for name in "sbm"],
        helper.make_tensor("v", real, [4], [0.5, 0.75, 1.0, 1.5]),
        helper.make_tensor("half", TensorProto.FLOAT16, [4, 1, 1], [0.5, -1.25, 2.0, 0.1]),
        tensor("d", real, 3, 4),
        tensor("c", real, 3),
    ]
    pixels = helper.make_tensor_value_info("pixels", real, ["n", SIDE, SIDE, 3])
    answer = helper.make_tensor_value_info("answer", real, ["n", 3])
    graph = helper.make_graph(nodes, "spelled", [pixels], [answer], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 9)], ir_version=4)


def save(model, path):
    onnx.checker.check_model(model, full_check=True)
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(model.SerializeToString(), mtime=0))
    path.unlink(missing_ok=True)


def main(folder):
    folder.mkdir(exist_ok=True)
    expected = {}
    for name, module in [("residual", Residual()), ("mobile", Mobile()), ("flattened", Flattened())]:
        for is_new in (False, True):
            title = f"{name}-{'new' if is_new else 'old'}"
            with torch.no_grad():
                expected[title] = by_torch(module, folder / f"{title}.onnx", is_new)
    model = spelled()
    save(model, folder / "spelled.onnx")
    session = onnxruntime.InferenceSession(model.SerializeToString())
    expected["spelled"] = session.run(None, {"pixels": PIXELS.reshape(1, SIDE, SIDE, 3)})[0]
    answers = {name: [float(f"{x:.7g}") for x in values.flatten()] for name, values in expected.items()}
    (folder / "expected.json").write_text(json.dumps(answers) + "\n")


main(Path(sys.argv[1]))
