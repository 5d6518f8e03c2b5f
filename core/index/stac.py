"""`index.json`: an index record as a STAC item that other tools read, and back.

The item uses the STAC embedding extension v0.0.1, extended to a pair of dates: two `emb:source-data` links,
and our own fields under `changeseek:`. The extension keeps some of its fields for collections; an index
stands alone, so its item carries them too.

STAC knows no unknown date. Where a date is unknown, the interval is opened as far as is surely true: no
earlier than the first aerial photograph, no later than the moment the file was last written.
`changeseek:dates` holds what is known, with null for the rest.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pystac

from changeseek.core.errors import IndexFolderError
from changeseek.core.index.layout import TILES
from changeseek.core.index.manifest import (
    FORMAT,
    GridRecord,
    IndexRecord,
    ModelRecord,
    Plan,
    SourceRecord,
    TileCounts,
    WrittenPart,
)
from changeseek.core.index.plan import Part
from changeseek.core.raster.check.findings import PairCheck

EXTENSION = "https://stac-extensions.github.io/embeddings/v0.0.1/schema.json"
PARQUET = "application/vnd.apache.parquet"
FIRST_AERIAL_PHOTOGRAPH = datetime(1858, 1, 1, tzinfo=UTC)
_OURS = "changeseek:"


def to_json(record: IndexRecord) -> str:
    """The record as the text of `index.json`; the same record gives the same bytes."""
    return json.dumps(_item(record).to_dict(include_self_link=False), indent=2, ensure_ascii=False) + "\n"


def from_json(text: str) -> IndexRecord:
    """Read the text of `index.json` back.

    Raises:
        IndexFolderError: It is no index of ours, or one of a later format.
    """
    try:
        properties = json.loads(text)["properties"]
        found = properties[f"{_OURS}format"]
        if found != FORMAT:
            raise IndexFolderError(
                f"the index has format {found}, this program reads format {FORMAT}",
                "Update ChangeSeek, or build the index again with this version",
            )
        return _record({key.removeprefix(_OURS): value for key, value in properties.items()})
    except (ValueError, KeyError, TypeError) as error:
        raise IndexFolderError(
            "index.json is damaged or of another program", "Name another folder"
        ) from error


def embedding_fields(record: IndexRecord) -> dict[str, Any]:
    """Fields of the embedding extension that every part carries as well."""
    grid = record.grid
    layout = {
        "layout_type": "regular_grid",
        "chip_size": [grid.tile, grid.tile],
        "stride": [grid.stride, grid.stride],
    }
    return {
        "emb:type": "chip",
        "emb:dimensions": record.model.dimensions,
        "emb:chip_layout": layout,
        "emb:quantization": {"method": "cast", "original_dtype": "float32", "quantized_dtype": "float16"},
        "emb:preprocessing": {"format": "changeseek", "expression": record.preprocessing},
    }


def _item(record: IndexRecord) -> pystac.Item:
    # Not above: whoever only reads an index loads no projections.
    from changeseek.core.index.footprint import footprint

    place = footprint(record.grid)
    start, end = interval(record.before, record.after)
    item = pystac.Item(
        id=f"changeseek-{_identity(record)[:16]}",
        geometry=place.geometry,
        bbox=place.bbox,
        datetime=None,
        start_datetime=start,
        end_datetime=end,
        properties=_properties(record),
        stac_extensions=[EXTENSION],
    )
    item.add_asset("embeddings", pystac.Asset(f"./{TILES}", media_type=PARQUET, roles=["data"]))
    for source, title in ((record.before, "before"), (record.after, "after")):
        item.add_link(pystac.Link("emb:source-data", _address(source.path), title=title))
    item.add_link(pystac.Link("emb:model", f"urn:sha256:{record.model.sha256}", title=record.model.name))
    return item


def _properties(record: IndexRecord) -> dict[str, Any]:
    plan = {"batch": record.plan.batch, "parts": [[part.first, part.last] for part in record.plan.parts]}
    ours = {
        "format": FORMAT,
        "state": record.state,
        "tiles": None if record.counts is None else asdict(record.counts),
        "dates": [record.before.date, record.after.date],
        "before": asdict(record.before),
        "after": asdict(record.after),
        "grid": asdict(record.grid),
        "model": asdict(record.model),
        "preprocessing": record.preprocessing,
        "plan": plan,
        "check": None if record.check is None else asdict(record.check),
        "written": [[part.tiles, part.size, part.sha256] for part in record.written],
    }
    common = {"gsd": record.grid.gsd, "data_type": "float16"}
    return common | embedding_fields(record) | {f"{_OURS}{name}": value for name, value in ours.items()}


def _record(ours: dict[str, Any]) -> IndexRecord:
    parts = tuple(Part(number, *edges) for number, edges in enumerate(ours["plan"]["parts"]))
    written = tuple(WrittenPart(*part) for part in ours.get("written", ()))
    if len(written) not in (0, len(parts)):
        raise ValueError("not as many parts are written as planned")
    return IndexRecord(
        before=_source(ours["before"]),
        after=_source(ours["after"]),
        grid=GridRecord(**ours["grid"] | {"transform": tuple(ours["grid"]["transform"])}),
        model=ModelRecord(**ours["model"]),
        preprocessing=ours["preprocessing"],
        plan=Plan(ours["plan"]["batch"], parts),
        state=ours["state"],
        counts=None if ours["tiles"] is None else TileCounts(**ours["tiles"]),
        check=PairCheck.from_json(ours.get("check")),
        written=written,
    )


def _source(values: dict[str, Any]) -> SourceRecord:
    return SourceRecord(**values | {"bands": tuple(values["bands"])})


def _identity(record: IndexRecord) -> str:
    what = [asdict(record.before), asdict(record.after), asdict(record.grid), record.model.sha256]
    return sha256(json.dumps([*what, record.preprocessing], sort_keys=True).encode()).hexdigest()


def interval(before: SourceRecord, after: SourceRecord) -> tuple[datetime, datetime]:
    """The time from the first date to the second, opened where a date is unknown (see the module's text)."""
    days = [
        datetime.fromisoformat(source.date).replace(tzinfo=UTC) for source in (before, after) if source.date
    ]
    if before.date and after.date:
        return min(days), max(days)
    latest = [datetime.fromtimestamp(int(source.mtime), UTC) for source in (before, after) if source.mtime]
    start = days[0] if before.date else FIRST_AERIAL_PHOTOGRAPH
    return start, days[0] if after.date else max([*days, *latest, start])


def _address(path: str) -> str:
    return Path(path).as_uri() if Path(path).is_absolute() and not path.startswith("/vsi") else path
