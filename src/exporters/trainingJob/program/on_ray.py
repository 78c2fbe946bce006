"""The same training in Ray Train: every worker computes its shards, the first one fits the model."""

import tempfile
import uuid
from pathlib import Path

import ray
from ray.train import RunConfig, ScalingConfig, get_context, report
from ray.train.tensorflow import TensorflowTrainer


@ray.remote(num_cpus=0)
class Board:
    """Where workers leave what they have computed."""

    def __init__(self):
        self.photos, self.files = [], {}

    def add(self, photos):
        self.photos += photos

    def all(self):
        return self.photos

    def leave(self, files):
        self.files = files

    def taken(self):
        return self.files


def train_on_ray(options):
    """Runs the job on `options.workers` workers and writes what they made into `options.out`."""
    # Within `ray job submit` this is the cluster that the job was sent to.
    ray.init(ignore_reinit_error=True)
    name = f"graft-{uuid.uuid4().hex[:8]}"
    board = Board.options(name=name).remote()
    config = {"board": name, "photos": str(options.photos), "cache": str(options.cache)}
    trainer = TensorflowTrainer(
        work,
        train_loop_config=config,
        scaling_config=ScalingConfig(num_workers=options.workers, use_gpu=options.gpu),
        run_config=RunConfig(name=name, storage_path=options.storage),
    )
    result = trainer.fit()
    if result.error is not None:
        raise result.error
    options.out.mkdir(parents=True, exist_ok=True)
    for file_name, content in ray.get(board.taken.remote()).items():
        (options.out / file_name).write_bytes(content)
    return result.metrics


def work(config):
    """What each worker does; only here are Keras and the job's own modules loaded."""
    import activations
    from fit import fit
    from ray.train.collective import barrier

    context, board = get_context(), ray.get_actor(config["board"])
    rank, world_size = context.get_world_rank(), context.get_world_size()
    photos, cache = Path(config["photos"]), Path(config["cache"])
    ray.get(board.add.remote(activations.compute(photos, cache, rank, world_size)))
    barrier()
    metrics = {}
    if rank == 0:
        with tempfile.TemporaryDirectory() as folder:
            parts = activations.parts_of(ray.get(board.all.remote()))
            made = fit(parts, Path(folder))
            files = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
            ray.get(board.leave.remote(files))
        metrics = {f"{name}_accuracy": value for name, value in made["accuracy"].items()}
    # A meeting point, too: all of them end together.
    report(metrics)
