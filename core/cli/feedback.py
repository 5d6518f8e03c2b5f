"""`changeseek feedback`: answers about pairs of tiles, from which rankings learn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from changeseek.core.cli.output import answer as answer_line
from changeseek.core.cli.output import answer_facts, answer_json, answer_table, say
from changeseek.core.engine.messages.refinement import COMPARED_HITS, DEFAULT_PAIRS, STRATEGIES

if TYPE_CHECKING:
    from changeseek.core.engine.messages.refinement import Conflict, Counts

_JSON = typer.Option("--json", help="Print one JSON document.")
_ANNOTATOR = typer.Option(metavar="NAME", help="Who says so; the name you are logged in with.")
_QUERY = typer.Option("--query", metavar="TEXT", help="The query to refine.")
_TILE = typer.Option("--tile", metavar="TILE_ID", help="The example tile to refine, in place of a query.")
_MODE = typer.Option(metavar="change|after|before", help="What the query is compared with.")
_WITHOUT = typer.Option(metavar="TEXT", help="What the hits should not be.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    feedback = typer.Typer(help="Answer which tiles show the same kind of change; rankings learn from it.")
    feedback.callback()(choose_index)
    commands = (propose, answer, judge, undo, status, export)
    for command in commands:
        feedback.command(command.__name__)(command)
    feedback.command("import")(import_)
    app.add_typer(feedback, name="feedback")


def choose_index(
    context: typer.Context,
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="An index folder.")],
) -> None:
    """Answer which tiles show the same kind of change; rankings learn from it."""
    context.obj = str(directory)


def propose(
    context: typer.Context,
    count: Annotated[int, typer.Option("-n", "--count", metavar="N", help="Most pairs.")] = DEFAULT_PAIRS,
    strategy: Annotated[
        str, typer.Option(metavar="NAME", help=f"One of {', '.join(STRATEGIES)}.")
    ] = STRATEGIES[0],
    query: Annotated[str, _QUERY] = "",
    mode: Annotated[str, _MODE] = "change",
    without: Annotated[str, _WITHOUT] = "",
    tile: Annotated[str, _TILE] = "",
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Of what is drawn by chance.")] = 0,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Name the pairs of tiles whose comparison would teach most."""
    from changeseek.core.engine.handlers import feedback
    from changeseek.core.engine.messages.feedback import FeedbackPropose

    asked = FeedbackPropose(context.obj, count, strategy, query, mode, without, tile, seed)
    found = _ask(feedback.propose, asked, as_json=as_json)
    if not as_json:
        rows = [
            [one.first.tile_id, one.second.tile_id, f"{one.probability:.2f}", one.why]
            for one in found.proposals
        ]
        answer_table(["first", "second", "similar", "why"], rows, numbers=(2,))


def answer(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="TILE_ID")],
    second: Annotated[str, typer.Argument(metavar="TILE_ID")],
    verdict: Annotated[str, typer.Argument(metavar="similar|dissimilar|skipped")],
    annotator: Annotated[str, _ANNOTATOR] = "",
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Say whether the same kind of change is seen in two tiles."""
    from changeseek.core.engine.handlers import feedback
    from changeseek.core.engine.messages.feedback import FeedbackAnswer

    asked = FeedbackAnswer(context.obj, first, second, verdict, annotator)
    logged = _ask(feedback.answer, asked, as_json=as_json)
    if not as_json:
        _answer_counts(logged.counts)
        _say_conflicts(logged.conflicts, logged.counts)


def judge(
    context: typer.Context,
    tile_id: Annotated[str, typer.Argument(metavar="TILE_ID")],
    verdict: Annotated[str, typer.Argument(metavar="kept|rejected|withdrawn")],
    query: Annotated[str, _QUERY] = "",
    mode: Annotated[str, _MODE] = "change",
    without: Annotated[str, _WITHOUT] = "",
    tile: Annotated[str, _TILE] = "",
    annotator: Annotated[str, _ANNOTATOR] = "",
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Keep or reject a hit of a query."""
    from changeseek.core.engine.handlers import feedback
    from changeseek.core.engine.messages.feedback import FeedbackJudge

    asked = FeedbackJudge(context.obj, tile_id, verdict, query, mode, without, tile, annotator)
    logged = _ask(feedback.judge, asked, as_json=as_json)
    if not as_json:
        _answer_counts(logged.counts)


def undo(
    context: typer.Context,
    annotator: Annotated[str, _ANNOTATOR] = "",
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Take back your last answer; again for the one before."""
    from changeseek.core.engine.handlers import feedback
    from changeseek.core.engine.messages.feedback import FeedbackUndo

    undone = _ask(feedback.undo, FeedbackUndo(context.obj, annotator), as_json=as_json)
    if not as_json:
        what = f"{' and '.join(undone.tile_ids)}: {undone.verdict}"
        say(f"taken back: {what}" if undone.id else "there is nothing to take back")
        _answer_counts(undone.counts)


def status(
    context: typer.Context,
    query: Annotated[str, _QUERY] = "",
    mode: Annotated[str, _MODE] = "change",
    without: Annotated[str, _WITHOUT] = "",
    tile: Annotated[str, _TILE] = "",
    since: Annotated[int, typer.Option(metavar="N", min=0, help="Lines of the log to compare with.")] = 0,
    hits: Annotated[int, typer.Option(metavar="N", help="First hits to compare.")] = COMPARED_HITS,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Say what the answers are, what they do to a query, and whether to go on."""
    from changeseek.core.engine.handlers import feedback
    from changeseek.core.engine.messages.feedback import FeedbackStatus

    asked = FeedbackStatus(context.obj, query, mode, without, tile, since, hits)
    found = _ask(feedback.status, asked, as_json=as_json)
    if as_json:
        return
    _answer_counts(found.counts)
    if found.agreement is not None:
        answer_line(f"agreement    {found.agreement:.2f}")
    if found.change is not None:
        change = found.change
        answer_line(f"first hits   {len(change.entered)} of {change.hits} new, {change.moved} moved")
    for one in found.refinement.precision if found.refinement else ():
        interval = f"{one.expected:.2f} ({one.low:.2f} to {one.high:.2f})"
        answer_line(f"first {one.hits:<5}  score {one.score:.3f}, expected precision {interval}")
    answer_line(f"advice       {'stop' if found.advice.stop else 'go on'}: {found.advice.why}")
    _say_conflicts(found.conflicts, found.counts)


def export(
    context: typer.Context,
    output: Annotated[Path, typer.Argument(metavar="FILE", help="JSON lines; replaced where it exists.")],
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Write the answers to a file, for another copy of the same index."""
    from changeseek.core.engine.handlers import feedback
    from changeseek.core.engine.messages.feedback import FeedbackExport

    written = _ask(feedback.export, FeedbackExport(context.obj, str(output)), as_json=as_json)
    if not as_json:
        say(f"{written.lines} lines written to {written.path}")


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="That export wrote.")],
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Add the answers of a file; those that are here already stay as they are."""
    from changeseek.core.engine.handlers import feedback
    from changeseek.core.engine.messages.feedback import FeedbackImport

    merged = _ask(feedback.import_, FeedbackImport(context.obj, str(file)), as_json=as_json)
    if merged.damaged_lines:
        say(f"note: lines that cannot be read: {', '.join(map(str, merged.damaged_lines))}")
    if merged.unknown_tiles:
        say(f"note: {merged.unknown_tiles} answers are about tiles that this index does not hold")
    if not as_json:
        say(f"{merged.added} lines added, {merged.known} known already")
        _answer_counts(merged.counts)
        _say_conflicts(merged.conflicts, merged.counts)


def _ask(handler: Callable[..., Any], request: Any, *, as_json: bool) -> Any:
    """Have a request answered as the engine answers it."""
    from changeseek.core.cli.once import OpenedOnce
    from changeseek.core.engine.messages import to_json

    found = handler(request, OpenedOnce())
    damaged = getattr(getattr(found, "counts", None), "damaged_lines", ())
    if damaged:
        say(f"note: lines of the log that cannot be read and are left out: {', '.join(map(str, damaged))}")
    if as_json:
        answer_json(to_json(found))
    return found


def _answer_counts(counts: Counts) -> None:
    answer_facts(
        {
            "similar": f"{counts.similar}, {counts.inferred_similar} more follow",
            "dissimilar": f"{counts.dissimilar}, {counts.inferred_dissimilar} more follow",
            "skipped": str(counts.skipped),
            "kept": str(counts.kept),
            "rejected": str(counts.rejected),
            "annotators": ", ".join(counts.annotators) or "none",
        }
    )


def _say_conflicts(conflicts: tuple[Conflict, ...], counts: Counts) -> None:
    for one in conflicts:
        chain = " ~ ".join(one.tile_ids)
        say(f"conflict: {chain}, but {one.tile_ids[0]} and {one.tile_ids[-1]} were called dissimilar")
    if counts.conflicts > len(conflicts):
        say(f"conflict: {counts.conflicts - len(conflicts)} more")
