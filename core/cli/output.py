"""Results to stdout, for people or as one JSON document; everything else to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from changeseek.core.index.hits import Hit


def say(line: str) -> None:
    """One line to the person at the screen, beside the results."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def answer(line: str) -> None:
    """One line of the result."""
    sys.stdout.write(line + "\n")


def answer_json(document: Any) -> None:
    """The result as one JSON document."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n")


def answer_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()
) -> None:
    """The result as a table; columns in `numbers` are aligned to the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for place, name in enumerate(columns):
        table.add_column(name, justify="right" if place in numbers else "left", no_wrap=place in numbers)
    for row in rows:
        table.add_row(*row)
    Console(file=sys.stdout, highlight=False, markup=False).print(table)


def answer_facts(facts: dict[str, str]) -> None:
    """The result as names and values, one a line."""
    width = max(map(len, facts))
    for name, value in facts.items():
        answer(f"{name:<{width}}  {value}")


def hits_document(query: str, hits: Sequence[Hit]) -> dict[str, Any]:
    """Hits as `search --json` and `similar --json` print them."""
    return {"query": query, "hits": [hit.as_json() for hit in hits]}


def answer_hits(hits: Sequence[Hit]) -> None:
    """Hits as a table, with the centre of each tile in its CRS."""
    rows = [
        [str(hit.rank), hit.tile_id, f"{hit.score:.3f}", f"{hit.percentile:.1f}", _centre(hit)]
        for hit in hits
    ]
    crs = hits[0].crs if hits and len(hits[0].crs) < 20 else "CRS units"
    answer_table(["rank", "tile", "score", "percentile", f"centre ({crs})"], rows, numbers=(0, 2, 3))


def _centre(hit: Hit) -> str:
    xmin, ymin, xmax, ymax = hit.bounds
    digits = 5 if max(map(abs, hit.bounds)) <= 360 else 1
    return f"{(xmin + xmax) / 2:.{digits}f}, {(ymin + ymax) / 2:.{digits}f}"
