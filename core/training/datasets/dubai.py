"""The layout of Dubai-CC (Hoxha et al., IEEE TGRS 2022): 500 pairs of 50 x 50 pixels of Landsat 7."""

from __future__ import annotations

from pathlib import Path

from changeseek.core.training.datasets.caption_file import read_caption_file
from changeseek.core.training.datasets.captioned import CaptionedPair, captioned_pair, split_named

_INNER = "datasetDubaiCCPublic"
_BEFORE, _AFTER = Path("imgs_tiles/RGB/500_2000"), Path("imgs_tiles/RGB/500_2010")


class DubaiLayout:
    """`imgs_tiles/RGB/{500_2000,500_2010}/` and a folder with `{Train,Validation,Test}_Dubai_CC.json`."""

    name = "Dubai-CC"

    def recognises(self, place: Path) -> bool:
        """Whether the folder, or the one its archive unpacks to, has images and caption files."""
        root = _root(place)
        return (root / _BEFORE).is_dir() and bool(_caption_files(root))

    def read(self, place: Path) -> list[CaptionedPair]:
        """All pairs; the first word of a caption file's name says its split."""
        root = _root(place)
        found = []
        for file in _caption_files(root):
            split = split_named(file.stem.split("_")[0], file)
            for image in read_caption_file(file):
                name = image.name if Path(image.name).suffix else f"{image.name}.tif"
                before, after = root / _BEFORE / name, root / _AFTER / name
                found.append(captioned_pair(before, after, image.sentences, split, image.changed))
        return found


def _root(place: Path) -> Path:
    return place / _INNER if (place / _INNER).is_dir() else place


def _caption_files(root: Path) -> list[Path]:
    return sorted(file for file in root.glob("*/*.json") if "dubai" in file.stem.lower())
