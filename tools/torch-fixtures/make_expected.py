"""Computes what PyTorch makes of networks whose weights a formula gives.

Writes `expected.json` beside itself, which `src/engine/torchWeights.test.ts` compares with the answers of
the same weights read from safetensors. Made with torch 2.13, torchvision 0.28 and timm 1.0.29, from their
code alone: no published weights are needed.

    python3 -m venv .venv && .venv/bin/pip install torch torchvision timm
    .venv/bin/python tools/torch-fixtures/make_expected.py
"""

import json
from pathlib import Path

import timm
import torch
from torch import nn
from torchvision import models

TARGET = Path(__file__).parent / "expected.json"


def formula(count: int, salt: int) -> torch.Tensor:
    """Values from -0.5 to 0.5, the same as `torchFixture.ts` makes."""
    index = torch.arange(count, dtype=torch.float64)
    return (index * 7919 + salt * 104729) % 9973 / 9973 - 0.5


def fill(module: nn.Module) -> nn.Module:
    """Sets every weight by the formula, scaled so that activations neither die out nor blow up."""
    for name, tensor in module.state_dict().items():
        if name.endswith("num_batches_tracked"):
            continue
        values = formula(tensor.numel(), sum(name.encode())).reshape(tensor.shape)
        if tensor.dim() > 1:
            values *= 4 / (tensor.numel() / tensor.shape[0]) ** 0.5
        elif name.endswith(("weight", "running_var")):
            values += 1
        else:
            values *= 0.2
        tensor.copy_(values)
    return module.eval()


def picture(height: int, width: int, channels: int) -> torch.Tensor:
    """[1, channels, height, width]; the formula counts channels last."""
    values = formula(height * width * channels, 0) * 2
    return values.reshape(1, height, width, channels).permute(0, 3, 1, 2).float()


def digits(values: torch.Tensor) -> list[float]:
    return [float(f"{value:.7g}") for value in values.flatten().tolist()]


def tensors_of(module: nn.Module) -> list[str]:
    """`name shape type` of every tensor that a published file would hold."""
    return [
        f"{name} {'x'.join(map(str, tensor.shape))} {'F32' if tensor.is_floating_point() else 'I64'}"
        for name, tensor in module.state_dict().items()
    ]


def mobile_nets() -> dict[str, object]:
    ours = fill(models.mobilenet_v2(width_mult=0.35, num_classes=10))
    theirs = fill(timm.create_model("mobilenetv2_035", num_classes=10))
    x = picture(64, 64, 3)
    return {
        "torchvision": {
            "tensors": tensors_of(ours),
            "everyTwentieth": digits(ours.features(x).mean((2, 3))[0, ::20]),
            "probabilities": digits(ours(x).softmax(1)),
        },
        "timm": {
            "tensors": tensors_of(theirs),
            "everyTwentieth": digits(theirs.forward_features(x).mean((2, 3))[0, ::20]),
            "probabilities": digits(theirs(x).softmax(1)),
        },
    }


def vggs() -> dict[str, object]:
    networks = {
        "vgg16": models.vgg16(weights=None, init_weights=False),
        "vgg16_bn": models.vgg16_bn(weights=None, init_weights=False),
        "vgg19": models.vgg19(weights=None, init_weights=False),
        "timm vgg16": timm.create_model("vgg16"),
    }
    answered = ("vgg16", "vgg16_bn")
    return {
        name: {
            "tensors": tensors_of(network),
            "everySixteenth": digits(fill(network).features(picture(32, 32, 3))[0, ::16])
            if name in answered
            else [],
        }
        for name, network in networks.items()
    }


def main() -> None:
    torch.set_grad_enabled(False)
    # A small fully connected layer behind a flattened picture of 3 channels and 2 by 4 pixels.
    flattened = fill(nn.Sequential(nn.Flatten(), nn.Linear(24, 5)))
    expected = {
        "mobileNetV2": mobile_nets(),
        "vgg": vggs(),
        "flattened": digits(flattened(picture(2, 4, 3))),
    }
    TARGET.write_text(json.dumps(expected, indent=2) + "\n")


if __name__ == "__main__":
    main()
