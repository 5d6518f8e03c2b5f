"""Training pairs cut from procedurally drawn two-date scenes, with their truth read off the covers."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from changeseek.core.captions.grammar import Meaning
from changeseek.core.captions.placement import Claim, Placement, placement_of
from changeseek.core.scenes.cover import Cover
from changeseek.core.scenes.draw import draw_scene
from changeseek.core.scenes.plan import DEMO_PLAN
from changeseek.core.scenes.scene import TwoDateScene
from changeseek.core.training.samples import (
    ABSENT,
    COLUMN,
    CONCEPT_KEYS,
    LEAST_REST,
    PRESENT,
    UNKNOWN,
    PairSample,
)

log = logging.getLogger(__name__)

CONCEPT_OF = {
    Cover.FOREST: "forest",
    Cover.FIELD: "field",
    Cover.GRASS: "grass",
    Cover.WATER: "lake",
    Cover.BARE: "bare ground",
    Cover.HOUSES: "houses",
    Cover.ROAD: "road",
}
_LOOKS_LIKE = {"lake": ("river",), "houses": ("buildings", "mobile homes", "grass", "forest", "road"),
               "field": ("orchard", "grass", "bare ground"), "forest": ("orchard",),
               "grass": ("scrub", "field"),
               "bare ground": ("beach", "scrub", "field")}  # fmt: skip
_SAMPLE_DISTANCES = (0.3, 0.4, 0.5, 0.5, 0.5, 0.6, 0.8)
_TILES = (96, 128, 128, 160)
_WORTH_A_POOL = 8


def drawn_samples(scenes: int, size: int, seed: int, workers: int = 2) -> list[PairSample]:
    """Draw `scenes` scenes with training textures and cut them into pairs of `size` pixels.

    Tiles in which an event is only grazed (under 6 % of the tile) are left out: no caption is right for them.
    """
    seeds = [seed + number for number in range(scenes)]
    if scenes < _WORTH_A_POOL:
        samples = [sample for number in seeds for sample in _samples_of_scene(number, size)]
    else:
        # Spawned, not forked: a fork of a process with torch's threads can hang.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            samples = [
                sample for found in pool.map(_samples_of_scene, seeds, [size] * scenes) for sample in found
            ]
    changed = sum(sample.changed for sample in samples)
    log.info("drawn pairs: %d, changed: %d", len(samples), changed)
    return samples


def _samples_of_scene(seed: int, size: int) -> list[PairSample]:
    chance = np.random.default_rng(seed)
    distance = float(chance.choice(_SAMPLE_DISTANCES))
    # The plan's eight kinds in every third scene: by chance alone, roads are too rare to learn.
    plan = DEMO_PLAN if seed % 3 == 0 and distance >= 0.5 else None
    scene = draw_scene(seed, 1024, ground_sample_distance=distance, textures="training", plan=plan)
    tile = int(chance.choice(_TILES))
    found = []
    for top in range(0, 1024 - tile + 1, tile):
        for left in range(0, 1024 - tile + 1, tile):
            sample = cut_sample(scene, (slice(top, top + tile), slice(left, left + tile)), size)
            if sample is not None:
                found.append(sample)
    return found


def cut_sample(scene: TwoDateScene, place: tuple[slice, slice], size: int) -> PairSample | None:
    """The pair at `place` with its truth; None where an event is only grazed."""
    truths = _truths(scene, place)
    if truths is None:
        return None
    presence = np.stack([_presence(cover[place]) for cover in (scene.cover_before, scene.cover_after)])
    before, after = (_resized(date[place], size) for date in (scene.before, scene.after))
    return PairSample(before, after, truths, presence, _where(scene, place, truths))


def _where(scene: TwoDateScene, place: tuple[slice, slice], truths: tuple[Meaning, ...]) -> Placement | None:
    """Where the one thing that happened did; None for nothing and for several."""
    if len(truths) > 1 or truths[0].before is None:
        return None
    rows = [
        row
        for row, event in enumerate(scene.events, 1)
        if Meaning(CONCEPT_OF[event.before], CONCEPT_OF[event.after]) == truths[0]
    ]
    changed = np.isin(scene.event[place], rows)
    if (changed != (scene.event[place] > 0)).any():
        return None
    left = _share_of(truths[0].before, scene.cover_after[place])
    there = _share_of(truths[0].after, scene.cover_before[place])
    return placement_of(changed, whole=left < LEAST_REST, fresh=there < LEAST_REST)


def _share_of(concept: str | None, cover: NDArray[np.uint8]) -> float:
    kinds = [kind for kind, called in CONCEPT_OF.items() if called == concept]
    return float(np.isin(cover, kinds).mean())


def _truths(scene: TwoDateScene, place: tuple[slice, slice]) -> tuple[Meaning, ...] | None:
    shares = (
        np.bincount(scene.event[place].ravel(), minlength=len(scene.events) + 1) / scene.event[place].size
    )
    if shares[0] == 1:
        return (Meaning(),)
    by_meaning: dict[Meaning, float] = {}
    for event, share in zip(scene.events, shares[1:], strict=True):
        meaning = Meaning(CONCEPT_OF[event.before], CONCEPT_OF[event.after])
        by_meaning[meaning] = by_meaning.get(meaning, 0.0) + share
    clear = tuple(meaning for meaning, share in by_meaning.items() if share >= 0.06)
    return clear or None


def _presence(cover: NDArray[np.uint8]) -> NDArray[np.int8]:
    shares = np.bincount(cover.ravel(), minlength=len(Cover) + 1) / cover.size
    row = np.full(len(CONCEPT_KEYS), ABSENT, np.int8)
    present = [(CONCEPT_OF[kind], shares[kind]) for kind in Cover]
    for concept, share in present:
        for other in _LOOKS_LIKE.get(concept, ()) if share > 0.02 else ():
            row[COLUMN[other]] = UNKNOWN
    for concept, share in present:
        enough = 0.05 if concept == "road" else 0.1
        if share > 0.01:
            row[COLUMN[concept]] = PRESENT if share >= enough else UNKNOWN
    return row


def _resized(image: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    if image.shape[0] != size:
        image = np.asarray(
            Image.fromarray(np.ascontiguousarray(image)).resize((size, size), Image.Resampling.BICUBIC)
        )
    return np.ascontiguousarray(image.transpose(2, 0, 1))


def save_samples(samples: list[PairSample], file: Path) -> None:
    """Keep drawn pairs in one uncompressed file, so that a second run need not draw them again."""
    part = file.with_suffix(".part.npz")
    np.savez(
        part,
        before=np.stack([sample.before for sample in samples]),
        after=np.stack([sample.after for sample in samples]),
        truths=np.array(["|".join(meaning.key for meaning in sample.truths) for sample in samples]),
        presence=np.stack([sample.presence for sample in samples]),
        shares=np.array([_shares(sample.where) for sample in samples], np.float32),
        whole=np.array([sample.where is not None and sample.where.whole for sample in samples]),
        fresh=np.array([sample.where is not None and sample.where.fresh for sample in samples]),
        zones=np.array(["|".join(sorted(sample.where.zones)) if sample.where else "" for sample in samples]),
    )
    part.replace(file)


def load_samples(file: Path) -> list[PairSample]:
    """Read what `save_samples` wrote; files of before it kept places have none."""
    with np.load(file) as kept:
        columns = (kept["before"], kept["after"], kept["truths"], kept["presence"])
        places = _places(kept) if "fresh" in kept else [None] * len(columns[0])
    return [
        PairSample(before, after, tuple(Meaning.parse(key) for key in str(keys).split("|")), presence, where)
        for before, after, keys, presence, where in zip(*columns, places, strict=True)
    ]


def _shares(where: Placement | None) -> tuple[float, float]:
    return (where.share, where.inner_share) if where else (np.nan, np.nan)


def _places(kept: Mapping[str, NDArray[np.generic]]) -> list[Placement | None]:
    columns = (kept["shares"], kept["zones"], kept["whole"], kept["fresh"])
    return [
        None
        if np.isnan(share)
        else Placement(float(share), float(inner), _claims(str(words)), bool(whole), bool(fresh))
        for (share, inner), words, whole, fresh in zip(*columns, strict=True)
    ]


def _claims(words: str) -> frozenset[Claim]:
    return frozenset(Claim(word) for word in words.split("|") if word)
