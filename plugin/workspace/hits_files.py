"""The files of the panel's hits beside the index: the same question finds its file and its reviews again.

Answers about pairs change the ranking of a question, so it has a file for each ranking: the one that is on
the map is open, and some systems refuse to replace an open file. Reviews go from file to file.
"""

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
    """Write the hits, unless the same question was answered so before; any thread.

    Raises:
        LayerError: They cannot be written.
    """
    index = Path(asked.index)
    try:
        folder = writable_folder(index, "hits")
    except OSError as error:
        raise LayerError(tr("the hits could not be written: {}").format(error)) from error
    name = _name(asked, _identity(index))
    path = folder / f"{name}{_ranking(answer)}.gpkg"
    files = {one: _rows(one) for one in sorted(folder.glob(f"{name}*.gpkg"), key=_last_change)}
    reviews = {tile_id: row.verdict for rows in files.values() for tile_id, row in rows.items()}
    if path in files and all(row.verdict == reviews[tile_id] for tile_id, row in files[path].items()):
        return HitsFile(path, files[path])
    write_hits([answer], path, reviews=reviews)
    # The writer numbers the features from 1.
    rows = {
        hit.tile_id: HitRow(number, reviews.get(hit.tile_id, ""))
        for number, hit in enumerate(answer.hits, start=1)
    }
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


def _rows(path: Path) -> dict[str, HitRow]:
    return {hit.tile_id: row for hit, row in read_hits(str(path))}


def _last_change(path: Path) -> int:
    """When a file was written last; SQLite notes the newest reviews beside it first."""
    notes = path.with_name(f"{path.name}-wal")
    return max(one.stat().st_mtime_ns for one in (path, notes) if one.exists())


def _ranking(answer: HitsAnswer) -> str:
    """Names a ranking that answers about pairs have changed; empty for the question's own."""
    if answer.refinement is None:
        return ""
    ranked = json.dumps([(hit.tile_id, round(hit.score, 6)) for hit in answer.hits])
    return f"-{hashlib.sha256(ranked.encode()).hexdigest()[:8]}"


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
