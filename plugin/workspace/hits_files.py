"""The files of the panel's hits beside the index: the same question finds its file and its reviews again."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from qgis.core import QgsFeature, QgsVectorLayer

from ...core.engine.messages import Hit, HitsAnswer, Search, Similar, to_json
from ..errors import LayerError
from ..layers.crs import name_of
from ..layers.folders import writable_folder
from ..layers.hits import LAYER, REVIEW, write_hits
from ..translation import tr

_LONGEST_SLUG = 40


@dataclass(frozen=True)
class HitRow:
    """A hit in the file.

    Attributes:
        feature: Its feature id.
        verdict: kept, rejected or empty.
    """

    feature: int
    verdict: str


@dataclass(frozen=True)
class HitsFile:
    """A file of hits.

    Attributes:
        path: GeoPackage.
        rows: By tile id.
        new: It was written just now, so a layer that has been open on its name still reads a deleted file.
    """

    path: Path
    rows: dict[str, HitRow]
    new: bool = False


def save_hits(asked: Search | Similar, answer: HitsAnswer) -> HitsFile:
    """Write the hits, unless the same question was asked of the same index before; any thread.

    Raises:
        LayerError: They cannot be written.
    """
    index = Path(asked.index)
    try:
        path = writable_folder(index, "hits") / f"{_name(asked, _identity(index))}.gpkg"
    except OSError as error:
        raise LayerError(tr("the hits could not be written: {}").format(error)) from error
    if path.exists():
        return HitsFile(path, {hit.tile_id: row for hit, row in read_hits(str(path))})
    write_hits([answer], path, with_review=True)
    # The writer numbers the features from 1.
    rows = {hit.tile_id: HitRow(number, "") for number, hit in enumerate(answer.hits, start=1)}
    return HitsFile(path, rows, new=True)


def load_hits(path: Path, answer: HitsAnswer) -> tuple[HitsFile, HitsAnswer]:
    """The hits of a file with what a project remembers of the answer; any thread.

    Raises:
        LayerError: There is no such file.
    """
    found = read_hits(str(path))
    hits = tuple(sorted((hit for hit, _ in found), key=lambda hit: hit.rank))
    return HitsFile(path, {hit.tile_id: row for hit, row in found}), replace(answer, hits=hits)


def read_hits(path: str) -> list[tuple[Hit, HitRow]]:
    """The hits of a file.

    Raises:
        LayerError: There is no such file.
    """
    layer = QgsVectorLayer(f"{path}|layername={LAYER}", "hits", "ogr")
    if not layer.isValid():
        raise LayerError(tr("the hits in {} cannot be opened").format(path), tr("Search again"))
    crs = name_of(layer.crs())
    return [
        (_hit(feature, crs), HitRow(feature.id(), _text(feature, REVIEW))) for feature in layer.getFeatures()
    ]


def index_state(index: Path) -> str:
    """Names what an index holds now; another after it was built anew."""
    return hashlib.sha256(_identity(index)).hexdigest()[:8]


def _hit(feature: QgsFeature, crs: str) -> Hit:
    box = feature.geometry().boundingBox()
    bounds = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
    return Hit(feature["rank"], feature["tile_id"], feature["score"], feature["percentile"], bounds, crs)


def _text(feature: QgsFeature, field: str) -> str:
    """A text, empty where it is null or the file has no such field."""
    if feature.fieldNameIndex(field) < 0:
        return ""
    value = feature[field]
    return value if isinstance(value, str) else ""


def _identity(index: Path) -> bytes:
    try:
        return (index / "index.json").read_bytes()
    except OSError:
        return b""


def _name(asked: Search | Similar, identity: bytes) -> str:
    question = {**to_json(asked), "index": "", "bins": 0, "method": asked.method}
    digest = hashlib.sha256(json.dumps(question, sort_keys=True).encode() + identity).hexdigest()[:8]
    words = asked.text if isinstance(asked, Search) else f"like {asked.tile_id}"
    slug = re.sub(r"[^\w]+", "-", words.lower(), flags=re.ASCII).strip("-")[:_LONGEST_SLUG]
    return f"{slug.strip('-')}-{digest}" if slug else digest
