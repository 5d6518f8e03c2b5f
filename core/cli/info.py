"""`changeseek info` and `changeseek models`: what an index is, which models there are."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from changeseek.core.cli.output import answer, answer_facts, answer_json, answer_table

if TYPE_CHECKING:
    from changeseek.core.index.manifest import IndexRecord, SourceRecord
    from changeseek.core.index.problems import Verification

_JSON = typer.Option("--json", help="Print one JSON document.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("info")(info)
    app.command("models")(models)


def info(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="An index folder.")],
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Say what an index was built of and how far it is; check every part and both sources."""
    from changeseek.core.index.problems import verify
    from changeseek.core.index.store import read_record

    record = read_record(directory)
    found = verify(directory, record)
    if as_json:
        answer_json(_document(directory, record, found))
    else:
        answer_facts(_facts(directory, record, found))
        for problem in found.problems:
            answer(f"wrong: {problem.what}. {problem.advice}")


def models(as_json: Annotated[bool, _JSON] = False) -> None:
    """List the models that are here."""
    from changeseek.core.model.loading import available_models

    cards = [asdict(card) for card in available_models()]
    if as_json:
        answer_json({"models": cards})
    else:
        columns = ("name", "summary", "licence")
        answer_table(columns, [[card[column] for column in columns] for card in cards])


def _document(directory: Path, record: IndexRecord, found: Verification) -> dict[str, Any]:
    return {
        "index": str(directory),
        "state": record.state,
        "tiles": None if record.counts is None else record.counts.indexed,
        "skipped": None if record.counts is None else record.counts.skipped,
        "dates": [record.before.date, record.after.date],
        "before": asdict(record.before) | {"now": found.before},
        "after": asdict(record.after) | {"now": found.after},
        "grid": asdict(record.grid),
        "model": asdict(record.model),
        "preprocessing": record.preprocessing,
        "check": None if record.check is None else asdict(record.check),
        "parts": len(record.plan.parts),
        "checked": found.checked,
        "writer": found.writer,
        "damaged_parts": {part.path.name: part.damage for part in found.damaged},
        "problems": [asdict(problem) for problem in found.problems],
    }


def _facts(directory: Path, record: IndexRecord, found: Verification) -> dict[str, str]:
    grid = record.grid
    crs = grid.crs if len(grid.crs) < 20 else "a CRS without a code"
    return {
        "index": str(directory),
        "state": record.state,
        "tiles": _tiles(record),
        "before": _source(record.before, found.before),
        "after": _source(record.after, found.after),
        "grid": f"{grid.width} x {grid.height} pixels of {grid.gsd:.3g} m, {crs}",
        "tile": f"{grid.tile} pixels, every {grid.stride}",
        "alignment": _alignment(record),
        "parts": _parts(record, found),
        "model": f"{record.model.name} ({record.model.sha256[:12]}), {record.model.dimensions} dimensions",
    }


def _tiles(record: IndexRecord) -> str:
    if record.counts is None:
        return f"{len(record.grid)} planned"
    return f"{record.counts.indexed} indexed, {record.counts.skipped} skipped for too few valid pixels"


def _alignment(record: IndexRecord) -> str:
    from changeseek.core.index.describe import MOVED
    from changeseek.core.raster.check.words import describe_shift

    if record.check is None:
        return "not measured"
    moved = "; it was moved back" if MOVED in record.preprocessing else ""
    return describe_shift(record.check) + moved


def _parts(record: IndexRecord, found: Verification) -> str:
    count = len(record.plan.parts)
    if found.checked == "unfinished":
        return f"{count} planned"
    how = "every byte checked" if found.checked == "every byte" else "checked only that each opens"
    return f"{count}, {how}, {len(found.damaged) or 'none'} missing or damaged"


def _source(source: SourceRecord, state: str) -> str:
    bands = ",".join(map(str, source.bands))
    return f"{source.path} ({source.date or 'date unknown'}, bands {bands}, {state})"
