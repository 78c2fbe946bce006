"""What per-layer L2 renormalisation makes of a small network, for src/head/gradient's tests.

    python3 -m venv venv && venv/bin/pip install torch
    venv/bin/python tools/head-figures/make_renormalised_figures.py > src/head/figures/renormalisedRuns.json

The rule is DL4J's GradientNormalization.RenormalizeL2PerLayer, in BaseMultiLayerUpdater: the gradients of all
parameters of a layer together are divided by their L2 norm; L1 and L2 are added after that, then the updater
makes its step. PyTorch has no such rule, so it is written here, over the gradients that autograd gives in
float64. The activations are those of src/head/trainingSetFixture.ts, the first weights a formula's, and each
of the STEPS steps takes all photos at once, so that nothing is random.
"""

import json

import numpy
import torch

NUM_SAMPLES = 25
SIZE = 4
HIDDEN = 3
NUM_CLASSES = 3
SIZES = numpy.array([1.0, 3.0, 0.5, 1.0])
STEPS = 8
RATE = 0.1
# A gradient of nothing but zeros stays one.
SMALLEST = 1e-5


def formula_activations():
    rows, classes = numpy.arange(NUM_SAMPLES), numpy.arange(NUM_SAMPLES) % NUM_CLASSES
    columns = numpy.arange(SIZE)
    values = numpy.sin(7 * rows[:, None] + 3 * columns + 1) + (columns == classes[:, None])
    activations = (values * SIZES[columns]).astype("float32")
    return torch.tensor(activations, dtype=torch.float64), torch.tensor(classes)


def formula_tensor(shape, phase):
    count = int(numpy.prod(shape))
    values = (0.5 * numpy.sin(2.3 * numpy.arange(count) + phase)).astype("float32")
    return torch.tensor(values.reshape(shape), dtype=torch.float64, requires_grad=True)


def make_layers(has_hidden):
    sizes = [SIZE, HIDDEN, NUM_CLASSES] if has_hidden else [SIZE, NUM_CLASSES]
    return [
        (formula_tensor(shape, 1 + i), formula_tensor(shape[1:], 7 + i))
        for i, shape in enumerate(zip(sizes[:-1], sizes[1:]))
    ]


def logits_of(layers, activations):
    for kernel, bias in layers[:-1]:
        activations = torch.tanh(activations @ kernel + bias)
    kernel, bias = layers[-1]
    return activations @ kernel + bias


def renormalise(layers):
    for layer in layers:
        length = float(torch.sqrt(sum((tensor.grad**2).sum() for tensor in layer)))
        for tensor in layer:
            tensor.grad /= length if length > 0 else SMALLEST


def train(make_optimizer, has_hidden=True, l1=0.0, l2=0.0):
    activations, classes = formula_activations()
    layers = make_layers(has_hidden)
    first = flat(layers)
    optimizer = make_optimizer([tensor for layer in layers for tensor in layer])
    lengths = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(logits_of(layers, activations), classes).backward()
        lengths.append([float(torch.sqrt(sum((t.grad**2).sum() for t in layer))) for layer in layers])
        renormalise(layers)
        for kernel, _ in layers:
            kernel.grad += l2 * kernel.detach() + l1 * torch.sign(kernel.detach())
        optimizer.step()
    return {"first": first, "last": flat(layers), "lengths": rounded(numpy.array(lengths).flatten())}


def flat(layers):
    return [
        {"kernel": rounded(kernel.detach().numpy().flatten()), "bias": rounded(bias.detach().numpy())}
        for kernel, bias in layers
    ]


def rounded(values):
    return [round(float(value), 8) for value in values]


def main():
    optim = torch.optim
    runs = {
        "sgd": train(lambda tensors: optim.SGD(tensors, RATE)),
        "sgd on a softmax layer alone": train(lambda tensors: optim.SGD(tensors, RATE), has_hidden=False),
        "momentum": train(lambda tensors: optim.SGD(tensors, RATE, momentum=0.9)),
        # TF.js's epsilon, which it adds where PyTorch does.
        "adam": train(lambda tensors: optim.Adam(tensors, RATE, eps=1e-7)),
        "sgd with l1 and l2": train(lambda tensors: optim.SGD(tensors, RATE), l1=0.05, l2=0.5),
    }
    made_by = f"tools/head-figures/make_renormalised_figures.py with PyTorch {torch.__version__}"
    print(json.dumps({"madeBy": made_by, "steps": STEPS, "rate": RATE, "runs": runs}, indent=2))


main()
