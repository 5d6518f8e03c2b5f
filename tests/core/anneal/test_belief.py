from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.anneal.answers import AnsweredPairs
from changeseek.core.anneal.belief import Belief, believe, log_odds
from changeseek.core.anneal.rescoring import rescore
from changeseek.core.anneal.transitivity import kinds_of
from changeseek.core.index.scoring import Scores

# Ten tiles that are meant by their scores, one in the middle, many that are not.
SCORES = np.concatenate([np.linspace(1.2, 1.0, 10), [0.62], np.linspace(0.2, 0.0, 89)]).astype(np.float32)
MIDDLE = 10
ODDS = log_odds(SCORES)


def told(
    similar: list[tuple[int, int]], dissimilar: list[tuple[int, int]], **judged: bool
) -> dict[int, float]:
    pairs = AnsweredPairs(
        np.array([*similar, *dissimilar], np.int64).reshape(-1, 2),
        np.array([True] * len(similar) + [False] * len(dissimilar)),
    )
    belief = believe(ODDS, pairs, {int(row): kept for row, kept in judged.items()}, kinds_of(similar))
    return dict(zip(belief.rows.tolist(), belief.posterior.tolist(), strict=True))


def test_log_odds_go_with_the_scores_and_part_hits_from_the_rest() -> None:
    assert (np.diff(ODDS) <= 0).all()
    assert ODDS[9] > 0 > ODDS[11]


def test_scores_that_do_not_differ_say_nothing_of_any_tile() -> None:
    assert len(set(log_odds(np.zeros(5, np.float32)).tolist())) == 1


def test_what_is_like_a_hit_is_believed_more() -> None:
    assert told([(0, MIDDLE)], [])[MIDDLE] > ODDS[MIDDLE]


def test_what_is_unlike_a_hit_is_believed_less_and_the_hit_stays() -> None:
    belief = told([], [(0, MIDDLE)])
    assert belief[MIDDLE] < ODDS[MIDDLE]
    assert belief[0] == ODDS[0]


def test_being_unlike_what_is_not_meant_says_nothing() -> None:
    assert told([], [(MIDDLE, 99)])[MIDDLE] == ODDS[MIDDLE]


def test_where_sure_hits_are_unlike_each_other_the_question_is_broad() -> None:
    unlike = [(0, MIDDLE)]
    broad = [(first, second) for first in range(5) for second in range(first + 1, 6)]
    assert told([], unlike + broad)[MIDDLE] > told([], unlike)[MIDDLE]


def test_a_judgement_outweighs_scores_and_other_answers() -> None:
    assert told([], [(0, MIDDLE)], **{str(MIDDLE): True})[MIDDLE] > 3
    assert told([(0, MIDDLE)], [], **{"0": False})[MIDDLE] < -3


def test_a_rejected_tile_goes_down_however_many_of_its_kind_were_kept() -> None:
    belief = told([(0, MIDDLE), (MIDDLE, 1)], [], **{"0": True, "1": True, str(MIDDLE): False})
    assert belief[MIDDLE] < -3
    assert belief[0] > 3 and belief[1] > 3


def test_a_ranking_of_no_tile_but_the_example_stays_as_it_is() -> None:
    scores = np.array([-np.inf], np.float32)
    belief = Belief(np.array([0]), np.array([-6.0]), np.array([6.0]), np.ones(1, np.bool_))
    assert rescore(scores, np.ones((1, 2), np.float32), belief).scores[0] == -np.inf


@given(
    st.lists(
        st.tuples(st.integers(0, 99), st.integers(0, 99)).filter(lambda two: two[0] < two[1]), unique=True
    ),
    st.data(),
)
def test_a_tile_moves_only_if_somebody_looked_while_the_weight_is_zero(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    similar = [pair for pair in pairs if data.draw(st.booleans())]
    answered = AnsweredPairs(
        np.array(pairs, np.int64).reshape(-1, 2), np.array([pair in similar for pair in pairs], np.bool_)
    )
    belief = believe(ODDS, answered, {}, kinds_of(similar))
    refined = rescore(SCORES, _unlike_each_other(), belief)
    if not refined.weight:
        moved = set(np.flatnonzero(refined.scores != SCORES).tolist())
        assert moved <= {row for pair in pairs for row in pair}
    assert np.isfinite(refined.scores).all()


def test_a_handful_of_answers_moves_nobody_else() -> None:
    rows = np.arange(5)
    belief = Belief(rows, ODDS[rows], -ODDS[rows], np.ones(5, np.bool_))
    refined = rescore(SCORES, _all_alike(), belief)
    assert refined.weight == 0
    assert np.array_equal(refined.scores[5:], SCORES[5:])


def test_left_out_tiles_stay_left_out() -> None:
    scores: Scores = SCORES.copy()
    scores[3] = -np.inf
    belief = Belief(np.array([0]), ODDS[:1], ODDS[:1] - 2, np.ones(1, np.bool_))
    assert rescore(scores, _all_alike(), belief).scores[3] == -np.inf


def _unlike_each_other() -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.eye(100, dtype=np.float32)


def _all_alike() -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.tile(np.array([[1, 0]], np.float32), (100, 1))
