"""How good the captions are: on tiles whose event is known, and on tiles where nothing happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from changeseek.core.captions.bank import NOTHING_MEANING, CaptionBank
from changeseek.core.captions.grammar import Meaning
from changeseek.core.captions.ranking import rank_captions
from changeseek.core.demo.truth import TileTruth, Truth
from changeseek.core.index.store import Index
from changeseek.core.model.interface import PairModel

TOP = 5
# A tile shows its event well when that touches so much of it; a road is narrow.
CLEAR_SHARE = 0.20
CLEAR_ROAD_SHARE = 0.12
# Events that make one of these are known by what came, all others by what went.
_MADE = frozenset({"houses", "lake", "road", "forest"})
_ROAD = "road"


@dataclass(frozen=True, slots=True)
class CaptionFigures:
    """Figures of the captions.

    Attributes:
        top5: Share of the known tiles with a right caption among the first five.
        nothing: Share of the quiet tiles whose first caption says that nothing has changed.
        known_tiles: Tiles that one event alone touches, clearly.
        quiet_tiles: Tiles that no event touches.
    """

    top5: float
    nothing: float
    known_tiles: int
    quiet_tiles: int


def judge_captions(index: Index, model: PairModel, bank: CaptionBank, truth: Truth) -> CaptionFigures:
    """Caption the known and the quiet tiles, and compare with the truth."""
    known = {tile_id: truth[tile_id] for tile_id in index.tile_ids if is_clear(truth[tile_id])}
    quiet = [tile_id for tile_id in index.tile_ids if truth[tile_id].quiet]
    meanings = caption_meanings(index, model, bank, [*known, *quiet])
    return CaptionFigures(
        _share(is_right(meanings[tile_id], tile) for tile_id, tile in known.items()),
        _share(meanings[tile_id][0] == NOTHING_MEANING for tile_id in quiet),
        len(known),
        len(quiet),
    )


def caption_meanings(
    index: Index, model: PairModel, bank: CaptionBank, tile_ids: Sequence[str]
) -> Mapping[str, list[str]]:
    """The meanings of each tile's first captions, best first."""
    if not tile_ids:
        return {}
    change = index.vectors("change")
    wanted = change[[index.position(tile_id) for tile_id in tile_ids]]
    meaning_of = {sentence.text: sentence.meaning for sentence in bank.sentences}
    ranked = rank_captions(wanted, bank, model, TOP, fallback_changes=change)
    return {
        tile_id: [meaning_of[one.caption] for one in captions]
        for tile_id, captions in zip(tile_ids, ranked, strict=True)
    }


def is_clear(tile: TileTruth) -> bool:
    """Whether one event alone touches the tile, and enough of it to be seen."""
    if len(tile.shares) != 1:
        return False
    roads = all(Meaning.parse(key).after == _ROAD for key in tile.transitions)
    return sum(tile.shares.values()) >= (CLEAR_ROAD_SHARE if roads else CLEAR_SHARE)


def is_right(captions: Iterable[str], tile: TileTruth) -> bool:
    """Whether one of the captions' meanings names the thing that came or went, and says nothing untrue."""
    truths = [Meaning.parse(key) for key in tile.transitions]
    return any(_tells(Meaning.parse(key), truth) for key in captions for truth in truths)


def _tells(caption: Meaning, truth: Meaning) -> bool:
    """Strict: houses built on forest are told by `-> houses` and `forest -> houses`, not by `forest ->`."""
    named = caption.after if truth.after in _MADE else caption.before
    return caption.agrees_with(truth) and named is not None


def _share(verdicts: Iterable[bool]) -> float:
    counted = list(verdicts)
    return sum(counted) / len(counted) if counted else 0.0
