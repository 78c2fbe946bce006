"""Trains a network from random weights on what a teacher says about photos.

Loss: KL(teacher || student) over the teacher's classes, by a linear head that is thrown away, and
for labelled photos half the cross-entropy of a second such head. AdamW; the average of the weights
over the last steps is the result. Source of the loss: Hinton et al., "Distilling the Knowledge in
a Neural Network", 2015.
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from architecture import ACTIVATION_SIZE, mobilenet_v2
from batches import UNLABELLED_REPEATS, batches_per_pass, pass_batches
from network import LayerNetwork
from prepared import Prepared
from schedule import decay_at, learning_rate_at, side_at
from views import random_view

LABEL_LOSS_WEIGHT = 0.5
WEIGHT_DECAY = 0.02
MAX_GRADIENT_NORM = 5.0


@dataclass(frozen=True)
class _Source:
    """Photos as training sees them: `labels` where they count, and how often a pass comes by."""

    photos: Prepared
    labels: np.ndarray | None
    repeats: int


@dataclass(frozen=True)
class Progress:
    """Where a training is; `loss` is that of the latest batch."""

    step: int
    num_steps: int
    side: int
    loss: float
    photos_seen: int


class _Student(nn.Module):
    """The network with the two heads that only training needs."""

    def __init__(self, num_teacher_classes: int, num_label_classes: int) -> None:
        super().__init__()
        self.network = LayerNetwork(mobilenet_v2())
        self.teacher_head = nn.Linear(ACTIVATION_SIZE, num_teacher_classes)
        self.label_head = nn.Linear(ACTIVATION_SIZE, max(1, num_label_classes))

    def loss(
        self, view: torch.Tensor, logits: np.ndarray, labels: np.ndarray | None
    ) -> torch.Tensor:
        """Of one batch; `logits` are the teacher's."""
        with torch.autocast('cpu', torch.bfloat16):
            activation = self.network(view)
        activation = activation.float()
        target = F.softmax(torch.from_numpy(logits).float(), 1)
        student = F.log_softmax(self.teacher_head(activation), 1)
        loss = F.kl_div(student, target, reduction='batchmean')
        if labels is None:
            return loss
        label_loss = F.cross_entropy(self.label_head(activation), torch.from_numpy(labels))
        return loss + LABEL_LOSS_WEIGHT * label_loss


def train(
    labelled: Prepared | None,
    unlabelled: list[Prepared],
    *,
    passes: float,
    seed: int,
    report: Callable[[Progress], None],
) -> LayerNetwork:
    """The averaged network: the same bits for the same photos, seed, PyTorch and threads."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    sources = _sources(labelled, unlabelled)
    num_label_classes = 0 if labelled is None else labelled.num_classes
    student = _Student(sources[0].photos.logits.shape[1], num_label_classes)
    student.to(memory_format=torch.channels_last).train()
    average = copy.deepcopy(student.network).eval()
    optimiser = _optimiser(student)
    num_steps = _count_steps(sources, passes)
    photos_seen = 0
    steps = zip(range(1, num_steps + 1), _endless(sources, rng), strict=False)
    for step, (number, indices) in steps:
        progress = (step - 1) / num_steps
        side = side_at(progress)
        source = sources[number]
        view = random_view(source.photos.pixels[indices], side, rng)
        labels = None if source.labels is None else source.labels[indices]
        loss = student.loss(view, source.photos.logits[indices], labels)
        _step(optimiser, student, loss, learning_rate_at(progress, step))
        _move_average(average, student.network, decay_at(step))
        photos_seen += len(indices)
        report(Progress(step, num_steps, side, loss.item(), photos_seen))
    return average


def _sources(labelled: Prepared | None, unlabelled: list[Prepared]) -> list[_Source]:
    first = [] if labelled is None else [_Source(labelled, labelled.labels, 1)]
    return [*first, *(_Source(each, None, UNLABELLED_REPEATS) for each in unlabelled)]


def _count_steps(sources: list[_Source], passes: float) -> int:
    """Batches in `passes` passes, at least one."""
    per_pass = sum(each.repeats * batches_per_pass(len(each.photos.labels)) for each in sources)
    return max(1, round(passes * per_pass))


def _endless(sources: list[_Source], rng: np.random.Generator) -> Iterator[tuple[int, np.ndarray]]:
    sizes = [len(each.photos.labels) for each in sources]
    repeats = [each.repeats for each in sources]
    while True:
        yield from pass_batches(sizes, repeats, rng)


def _optimiser(student: nn.Module) -> torch.optim.AdamW:
    """Weight decay for kernels only: batch norms and biases are not shrunk."""
    kernels = [each for each in student.parameters() if each.ndim > 1]
    others = [each for each in student.parameters() if each.ndim < 2]
    groups = [
        {'params': kernels, 'weight_decay': WEIGHT_DECAY},
        {'params': others, 'weight_decay': 0},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.99))


def _step(
    optimiser: torch.optim.AdamW, student: nn.Module, loss: torch.Tensor, rate: float
) -> None:
    for group in optimiser.param_groups:
        group['lr'] = rate
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(student.parameters(), MAX_GRADIENT_NORM)
    optimiser.step()


@torch.no_grad()
def _move_average(average: nn.Module, latest: nn.Module, decay: float) -> None:
    pairs = zip(average.state_dict().values(), latest.state_dict().values(), strict=True)
    for mean, value in pairs:
        if mean.dtype.is_floating_point:
            mean.lerp_(value, 1 - decay)
        else:
            mean.copy_(value)
