"""The demo's plan: every kind of event happens, on ground of its own, and most tiles stay as they were."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from changeseek.core.scenes.assembly import assemble
from changeseek.core.scenes.book_held_out import HELD_OUT
from changeseek.core.scenes.cover import Cover
from changeseek.core.scenes.events import History, Outcome
from changeseek.core.scenes.frame import Frame
from changeseek.core.scenes.layout import lay_out
from changeseek.core.scenes.plan import DEMO_PLAN, EventKind, EventPlan, place_sites

# A quarter of the demo's area at half its resolution: the same metres, fewer pixels.
FRAME = Frame(1024, 1024, 1.0)
TILE = 64


@pytest.fixture(scope="module", params=(1, 2))
def outcome(request: pytest.FixtureRequest) -> Outcome:
    rng = np.random.default_rng(request.param)
    reserved, proposals = place_sites(rng, FRAME, DEMO_PLAN)
    history = History(rng, FRAME, assemble(FRAME, lay_out(rng, FRAME, HELD_OUT, reserved)), HELD_OUT)
    for proposal in proposals:
        assert history.happen(proposal)
    return history.outcome()


def coverage(outcome: Outcome, name: str) -> NDArray[np.float64]:
    """Share of every tile that events of a name cover."""
    numbers = [number for number, event in enumerate(outcome.events, start=1) if event.name == name]
    tiles = FRAME.height // TILE
    here = np.isin(outcome.event, numbers).reshape(tiles, TILE, tiles, TILE)
    return np.asarray(here.mean(axis=(1, 3)), dtype=np.float64)


@pytest.mark.parametrize("kind", DEMO_PLAN.kinds, ids=lambda kind: kind.name)
def test_each_kind_has_its_share_of_the_tiles(outcome: Outcome, kind: EventKind) -> None:
    least = 0.12 if Cover.ROAD in kind.after else 0.2
    # The demo's own scene is four times as large: 28 to 60 tiles there.
    assert 7 <= (coverage(outcome, kind.name) >= least).sum() <= 17


def test_nothing_happens_but_the_plan(outcome: Outcome) -> None:
    assert {event.name for event in outcome.events} == {kind.name for kind in DEMO_PLAN.kinds}
    kinds = {kind.name: kind for kind in DEMO_PLAN.kinds}
    for event in outcome.events:
        kind = kinds[event.name]
        assert event.after in kind.after
        assert event.before in (*kind.before, Cover.BARE)


def test_most_tiles_stay_as_they_were(outcome: Outcome) -> None:
    tiles = FRAME.height // TILE
    touched = (outcome.event > 0).reshape(tiles, TILE, tiles, TILE).any(axis=(1, 3))
    assert (~touched).mean() > 0.3


def test_a_plan_that_does_not_fit_is_refused() -> None:
    crowded = EventPlan((EventKind("lake dug", (Cover.FIELD,), (Cover.WATER,), 50.0),))
    with pytest.raises(ValueError, match="more sites"):
        place_sites(np.random.default_rng(0), FRAME, crowded)
