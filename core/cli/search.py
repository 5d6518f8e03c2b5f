"""`changeseek search` and `changeseek similar`: the tiles that answer a text or resemble a tile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from changeseek.core.cli.opening import open_for_question
from changeseek.core.cli.output import answer_hits, answer_json, hits_document, say

if TYPE_CHECKING:
    from changeseek.core.index.hits import Hit
    from changeseek.core.index.query import Mode

_DIR = typer.Argument(metavar="DIR", help="An index folder.")
_K = typer.Option("-k", metavar="N", help="Most hits to give.")
_JSON = typer.Option("--json", help="Print one JSON document.")
_PLAIN = typer.Option("--plain", help="Leave out what people answered in feedback.")
_OUTPUT = typer.Option("-o", "--output", metavar="FILE", help="Write the hits to .gpkg, .geojson or .csv.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("search")(search)
    app.command("similar")(similar)


def search(
    directory: Annotated[Path, _DIR],
    text: Annotated[str, typer.Argument(metavar="TEXT", help='What happened, or "forest -> houses".')],
    k: Annotated[int, _K] = 20,
    mode: Annotated[
        str, typer.Option(metavar="change|after|before", help="What TEXT is compared with.")
    ] = "change",
    without: Annotated[str, typer.Option(metavar="TEXT", help="What the hits should not be.")] = "",
    plain: Annotated[bool, _PLAIN] = False,
    as_json: Annotated[bool, _JSON] = False,
    output: Annotated[Path | None, _OUTPUT] = None,
) -> None:
    """Find the tiles where something happened, best first."""
    from changeseek.core.anneal.refining import refined_scores
    from changeseek.core.index.hits import best_hits
    from changeseek.core.index.query import SearchRequest, parse_request
    from changeseek.core.index.search import score_tiles
    from changeseek.core.index.text_model import text_model
    from changeseek.core.model.threads import one_core

    request = SearchRequest(text.strip(), cast("Mode", mode), k, without)
    parse_request(request)
    _check_output(output)
    index = open_for_question(directory)
    model = text_model(index.record.model)
    with one_core():
        scores = score_tiles(index, model, request)
        scores = scores if plain else refined_scores(index, request, scores)
    hits = best_hits(index, scores, k)
    _give(request.text, hits, as_json=as_json, output=output)


def similar(
    directory: Annotated[Path, _DIR],
    tile_id: Annotated[str, typer.Argument(metavar="TILE_ID", help="Such as r012c034.")],
    k: Annotated[int, _K] = 20,
    plain: Annotated[bool, _PLAIN] = False,
    as_json: Annotated[bool, _JSON] = False,
    output: Annotated[Path | None, _OUTPUT] = None,
) -> None:
    """Find the tiles that changed as one tile did, best first."""
    from changeseek.core.anneal.refining import refined_likeness
    from changeseek.core.index.search import rank_likeness, score_likeness

    _check_output(output)
    index = open_for_question(directory)
    scores = score_likeness(index, tile_id)
    hits = rank_likeness(index, scores if plain else refined_likeness(index, tile_id, scores), k)
    _give(tile_id, hits, as_json=as_json, output=output)


def _check_output(output: Path | None) -> None:
    from changeseek.core.index.export import check_export_path

    if output is not None:
        check_export_path(output)


def _give(query: str, hits: list[Hit], *, as_json: bool, output: Path | None) -> None:
    from changeseek.core.index.export import export_hits

    if output is not None:
        export_hits(hits, query, output)
        say(f"{len(hits)} hits written to {output}")
    if as_json:
        answer_json(hits_document(query, hits))
    else:
        answer_hits(hits)
