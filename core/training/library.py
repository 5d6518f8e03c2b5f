"""Labelled single images from public data sets, held in memory at training size.

Understands the folder layouts of UC Merced, EuroSAT and the Dubai segmentation set; only images that
`split.csv` marks as training images are read.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from changeseek.core.errors import TrainingDataError
from changeseek.core.training.splits import Split, listed_images, part_of

log = logging.getLogger(__name__)

UC_MERCED = {
    "agricultural": "field", "airplane": "airplanes", "baseballdiamond": "baseball field", "beach": "beach",
    "buildings": "buildings", "chaparral": "scrub", "denseresidential": "houses", "forest": "forest",
    "freeway": "road", "golfcourse": "golf course", "harbor": "harbour", "intersection": "road",
    "mediumresidential": "houses", "mobilehomepark": "mobile homes", "overpass": "road",
    "parkinglot": "parking lot", "river": "river", "runway": "runway", "sparseresidential": "houses",
    "storagetanks": "storage tanks", "tenniscourt": "tennis court",
}  # fmt: skip
EUROSAT = {
    "AnnualCrop": "field", "Forest": "forest", "HerbaceousVegetation": "grass", "Highway": "road",
    "Industrial": "buildings", "Pasture": "grass", "PermanentCrop": "orchard", "Residential": "houses",
    "River": "river", "SeaLake": "lake",
}  # fmt: skip
DUBAI_COLOURS = {
    "houses": (0x3C, 0x10, 0x98), "bare ground": (0x84, 0x29, 0xF6), "road": (0x6E, 0xC1, 0xE4),
    "lake": (0xE2, 0xA9, 0x29),
}  # fmt: skip
SOURCES = {
    "ucmerced": "UC Merced Land Use, training split: imagery US public domain; cite Yang & Newsam 2010",
    "eurosat": "EuroSAT RGB, training split: MIT; cite Helber et al. 2019",
    "dubai_mbrsc": "Semantic segmentation of aerial imagery, Dubai: CC0, Humans in the Loop",
    "neon_sjer": "NEON airborne imagery of San Joaquin, plots flown twice: NEON open data, MIT",
}
_OUTLINED = ("houses", "road", "lake")
_OUTLINE_WINDOWS = (128, 192, 288)
_MOST_OUTLINES = 600
_SPLITS = {"train": "training", "learn": "training", "validate": "validation", "test": "test"}
# What an image of a class may well show beside its class: neither present nor absent for the scene loss.
MAY_ALSO_SHOW = {
    "houses": ("road", "grass", "forest", "buildings", "parking lot", "bare ground"),
    "buildings": ("road", "parking lot", "houses", "bare ground"),
    "mobile homes": ("road", "houses", "parking lot"),
    "road": ("grass", "bare ground", "parking lot", "houses", "buildings", "field", "forest"),
    "parking lot": ("road", "buildings"), "runway": ("road", "grass", "bare ground"),
    "airplanes": ("runway", "parking lot", "road"), "harbour": ("lake", "river"),
    "storage tanks": ("buildings", "bare ground", "road"), "beach": ("lake", "bare ground"),
    "river": ("lake", "forest", "grass", "field", "scrub"), "lake": ("river",),
    "golf course": ("grass", "forest", "lake"), "baseball field": ("grass", "bare ground"),
    "tennis court": ("houses", "forest", "grass", "parking lot"), "scrub": ("bare ground", "grass"),
    "forest": ("grass", "scrub", "orchard"), "grass": ("field", "scrub", "forest"),
    "field": ("grass", "bare ground", "orchard"), "orchard": ("field", "grass", "forest", "houses"),
    "bare ground": ("road", "beach", "scrub"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImageLibrary:
    """Images of one scale.

    Attributes:
        images: (N, 3, P, P) uint8 RGB.
        concepts: Key of each image's concept, length N.
        outlines: (M, P, P) uint8, 0 or 1, of real buildings, roads and waters; None where none are known.
    """

    images: NDArray[np.uint8]
    concepts: tuple[str, ...]
    outlines: NDArray[np.uint8] | None = None

    def rows_of(self) -> dict[str, NDArray[np.int64]]:
        """Row numbers by concept."""
        names = np.array(self.concepts)
        return {str(name): np.flatnonzero(names == name) for name in np.unique(names)}


def load_library(
    folder: Path, size: int, split: Split = "train", leave_out: Collection[str] = ()
) -> list[ImageLibrary]:
    """All known data sets under `folder` as libraries: sub-metre images first, ten-metre images second.

    Args:
        folder: Holds the data sets.
        size: Side in pixels that the images get.
        split: "train", its parts "learn" and "validate", or "test" for those that no training sees; the Dubai
            set is for training alone.
        leave_out: Keys of concepts whose images are not read.

    Raises:
        TrainingDataError: The folder holds none of the known layouts.
    """
    fine = [
        *_class_folders(folder / "ucmerced", UC_MERCED, size, split, crops=(1.0, 0.6)),
        *_dubai(folder / "dubai_mbrsc", size, split),
    ]
    coarse = list(_class_folders(folder / "eurosat", EUROSAT, size, split, crops=(1.0, 0.55)))
    wanted = [[pair for pair in pairs if pair[0] not in leave_out] for pairs in (fine, coarse)]
    outlines = load_outlines(folder / "dubai_mbrsc", size, split)
    libraries = [_collect(pairs, outlines) for pairs in wanted if pairs]
    if not libraries:
        advice = "Name a folder with ucmerced/, eurosat/ or dubai_mbrsc/ in it"
        raise TrainingDataError(f"no {_SPLITS[split]} images in {folder}", advice)
    log.info("training images by library: %s", [len(library.concepts) for library in libraries])
    return libraries


def data_sets(folder: Path) -> tuple[str, ...]:
    """The data sets that lie under `folder`, each with its terms."""
    return tuple(terms for name, terms in SOURCES.items() if (folder / name).is_dir())


def _collect(pairs: list[tuple[str, NDArray[np.uint8]]], outlines: NDArray[np.uint8] | None) -> ImageLibrary:
    images, concepts = np.stack([image for _, image in pairs]), tuple(concept for concept, _ in pairs)
    return ImageLibrary(images, concepts, outlines)


def _class_folders(
    folder: Path, classes: dict[str, str], size: int, wanted: Split, crops: tuple[float, ...]
) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    split = folder / "split.csv"
    if not split.exists():
        return
    for name in listed_images(split, wanted):
        image = Image.open(folder / name).convert("RGB")
        for share in crops:
            yield classes[name.split("/")[0]], square(image, share, size)


def square(image: Image.Image, share: float, size: int) -> NDArray[np.uint8]:
    """The middle of an RGB image, `share` (0..1] of its shorter side, as (3, size, size) uint8."""
    side = min(image.size) * share
    left, top = (image.width - side) / 2, (image.height - side) / 2
    small = image.resize((size, size), Image.Resampling.BICUBIC, (left, top, left + side, top + side))
    return np.ascontiguousarray(np.asarray(small).transpose(2, 0, 1))


def _dubai(folder: Path, size: int, split: Split) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    for file in part_of(sorted(folder.glob("*/images/*.jpg")), split):
        mask_file = file.parents[1] / "masks" / f"{file.stem}.png"
        image = np.asarray(Image.open(file).convert("RGB"))
        mask = np.asarray(Image.open(mask_file).convert("RGB"))
        for window, share in ((128, 0.75), (192, 0.75)):
            yield from _pure_windows(image, mask, window, share, size)


def _pure_windows(
    image: NDArray[np.uint8], mask: NDArray[np.uint8], window: int, share: float, size: int
) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    shares = {"houses": 0.45, "road": 0.4}
    for top in range(0, image.shape[0] - window + 1, window):
        for left in range(0, image.shape[1] - window + 1, window):
            place = (slice(top, top + window), slice(left, left + window))
            for concept, colour in DUBAI_COLOURS.items():
                if (mask[place] == colour).all(-1).mean() >= shares.get(concept, share):
                    yield concept, square(Image.fromarray(image[place]), 1.0, size)


def load_outlines(folder: Path, size: int, split: Split) -> NDArray[np.uint8] | None:
    """Outlines of real things in the Dubai masks, (M, P, P) uint8, 0 or 1; None where there are none.

    At most `_MOST_OUTLINES`, spread evenly over the masks, so that memory stays bounded.
    """
    files = part_of(sorted(folder.glob("*/masks/*.png")), split)
    found = [outline for file in files for outline in _outlines_of(file, size)]
    kept = np.linspace(0, len(found) - 1, min(len(found), _MOST_OUTLINES)).astype(int)
    return np.stack([found[number] for number in kept]) if found else None


def _outlines_of(mask_file: Path, size: int) -> Iterator[NDArray[np.uint8]]:
    red, green, blue = np.asarray(Image.open(mask_file).convert("RGB"), np.int32).transpose(2, 0, 1)
    colours = (red << 16) + (green << 8) + blue
    for concept in _OUTLINED:
        colour = int.from_bytes(bytes(DUBAI_COLOURS[concept]))
        yield from _outlines_within(colours == colour, size)


def _outlines_within(shown: NDArray[np.bool_], size: int) -> Iterator[NDArray[np.uint8]]:
    for window in _OUTLINE_WINDOWS:
        for top in range(0, shown.shape[0] - window + 1, window):
            for left in range(0, shown.shape[1] - window + 1, window):
                outline = shown[top : top + window, left : left + window]
                if 0.06 <= np.count_nonzero(outline) / outline.size <= 0.7:
                    resized = _resized_outline(outline, size)
                    if _thick(resized):
                        yield resized


def _thick(outline: NDArray[np.uint8]) -> bool:
    """Whether the outline has room: of what is put into a thin line nothing can be seen."""
    core = ndimage.binary_erosion(outline, iterations=outline.shape[0] // 32)
    return bool(core.any() and np.count_nonzero(core) >= 0.3 * np.count_nonzero(outline))


def _resized_outline(outline: NDArray[np.bool_], size: int) -> NDArray[np.uint8]:
    image = Image.fromarray(outline.astype(np.uint8) * 255)
    return (np.asarray(image.resize((size, size), Image.Resampling.BILINEAR)) > 127).astype(np.uint8)


def load_unchanged_pairs(folder: Path, size: int) -> NDArray[np.uint8]:
    """Plots flown twice without change, (N, 2, 3, P, P) uint8; N is 0 where the folder is absent."""
    pairs: list[NDArray[np.uint8]] = []
    for file in sorted((folder / "neon_sjer" / "flight_a").glob("*.tif")):
        other = folder / "neon_sjer" / "flight_b" / file.name
        dates = [Image.open(date).convert("RGB") for date in (file, other)]
        pairs.extend(np.stack([square(date, share, size) for date in dates]) for share in (1.0, 0.6))
    return np.stack(pairs) if pairs else np.zeros((0, 2, 3, size, size), np.uint8)
