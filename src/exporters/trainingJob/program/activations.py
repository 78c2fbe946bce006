"""What the base makes of the photos, computed once, shard by shard, and kept."""

import hashlib
import io
import json
import tarfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import keras
import numpy as np

import views
from job import FOLDER, JOB, PARTS
from photo_input import read_photo

# Photos that are decoded and run together; each may have several views.
BATCH_SIZE = 32


@dataclass(frozen=True)
class Part:
    """Photos of one part of the split; the rows of a photo's views follow its own."""

    rows: np.ndarray  # [photos * rows_per_photo, size], float16
    classes: np.ndarray  # [photos * rows_per_photo]
    rows_per_photo: int = 1


def load_base():
    return keras.saving.load_model(FOLDER / "base.keras", compile=False)


def frozen_part(base):
    """From photos to the activations that are kept: the base, or what comes before its trained layers."""
    start = JOB["startLayer"]
    if start is None:
        return base
    return keras.Model(base.inputs, base.get_layer(start).output)


def compute(photos, cache, rank=0, world_size=1):
    """[(key, class, part, rows)] of this worker's share of the shards."""
    network = frozen_part(load_base())
    name = hashlib.sha256((FOLDER / "base.keras").read_bytes() + str(JOB["startLayer"]).encode())
    cache.mkdir(parents=True, exist_ok=True)
    shards = sorted(photos.glob("shard-*.tar"))[rank::world_size]
    found = []
    for number, shard in enumerate(shards, 1):
        kept = cache / f"{shard.stem}-{name.hexdigest()[:12]}.npz"
        if not kept.exists():
            computed = list(compute_shard(network, shard))
            columns = {
                "keys": np.array([key for key, *_ in computed]),
                "classes": np.array([index for _, index, _, _ in computed]),
                "parts": np.array([PARTS.index(part) for *_, part, _ in computed]),
                "counts": np.array([len(rows) for *_, rows in computed]),
                "rows": np.concatenate([rows for *_, rows in computed]),
            }
            unfinished = kept.with_suffix(f".{rank}.tmp.npz")
            np.savez(unfinished, **columns)
            unfinished.replace(kept)
        found += read_kept(kept)
        print(f"{number} of {len(shards)} shards, {len(found)} photos", flush=True)
    return found


def read_kept(path):
    with np.load(path) as kept:
        rows = np.split(kept["rows"], np.cumsum(kept["counts"])[:-1])
        names = [PARTS[part] for part in kept["parts"]]
        return list(zip(kept["keys"].tolist(), kept["classes"].tolist(), names, rows))


def compute_shard(network, shard):
    with ThreadPoolExecutor() as pool:
        for group in groups(read_shard(shard)):
            pictures = list(pool.map(decode, group))
            counts = [len(each) for each in pictures]
            outputs = run(network, np.concatenate(pictures))
            # Graft keeps activations in 16 bits, too.
            rows = outputs.reshape(len(outputs), -1).astype(np.float16)
            for (key, facts, _), own in zip(group, np.split(rows, np.cumsum(counts)[:-1])):
                yield key, facts["classIndex"], facts["part"], own


def run(network, pictures):
    chunks = np.array_split(pictures, max(1, len(pictures) // BATCH_SIZE))
    return np.concatenate([np.asarray(network.predict_on_batch(each)) for each in chunks])


def read_shard(path):
    """(key, facts, bytes) of each photo: KEY.json, then KEY.jpg or whatever the picture is."""
    with tarfile.open(path) as tar:
        facts = {}
        for member in tar:
            key, _, extension = member.name.partition(".")
            content = tar.extractfile(member).read()
            if extension == "json":
                facts[key] = json.loads(content)
            else:
                yield key, facts.pop(key), content


def groups(items):
    group = []
    for item in items:
        group.append(item)
        if len(group) == BATCH_SIZE:
            yield group
            group = []
    if group:
        yield group


def decode(photo):
    """The photo and its views, if it has some: [views, height, width, 3]."""
    _, facts, content = photo
    pictures = [read_photo(io.BytesIO(content))]
    for view in facts.get("views", []):
        crop = [view["crop"][side] for side in ("left", "top", "width", "height")]
        pictures.append(views.changed(read_photo(io.BytesIO(content), crop), view))
    return np.stack(pictures).astype(np.float32)


def parts_of(photos):
    """The photos' rows by part of the split, in the order that Graft has them in."""
    ordered = sorted(photos, key=lambda photo: photo[0])
    found = {}
    for name in PARTS:
        chosen = [(index, rows) for _, index, part, rows in ordered if part == name]
        expected = JOB["numSamples"][name]
        if len(chosen) < expected:
            print(f"{expected - len(chosen)} of {expected} {name} photos are not in the shards")
        if not chosen:
            continue
        count = len(chosen[0][1])
        classes = np.repeat([index for index, _ in chosen], count)
        found[name] = Part(np.concatenate([rows for _, rows in chosen]), classes, count)
    return found
