"""`changeseek caption`: what happened on one tile, in ranked sentences."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from changeseek.core.cli.opening import open_for_question
from changeseek.core.cli.output import answer_json, answer_table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("caption")(caption)


def caption(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="An index folder.")],
    tile_id: Annotated[str, typer.Argument(metavar="TILE_ID", help="Such as r012c034.")],
    k: Annotated[int, typer.Option("-k", metavar="N", help="Most captions to give.")] = 5,
    bank: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own sentences: .tsv, .csv or one a line.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Say what changed on a tile, the likeliest sentence first."""
    from changeseek.core.captions.bank import read_bank
    from changeseek.core.captions.ranking import rank_captions
    from changeseek.core.index.text_model import text_model

    sentences = read_bank(bank)
    index = open_for_question(directory)
    position = index.position(tile_id)
    change = index.vectors("change")
    model = text_model(index.record.model)
    captions = rank_captions(change[[position]], sentences, model, k, fallback_changes=change)[0]
    if as_json:
        answer_json({"tile_id": tile_id, "captions": [asdict(caption) for caption in captions]})
    else:
        rows = [[str(one.rank), f"{one.score:.3f}", one.caption] for one in captions]
        answer_table(["rank", "score", "caption"], rows, numbers=(0, 1))
