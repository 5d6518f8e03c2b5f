"""On an index of three kinds of change, with a question whose scores confuse two of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest

from changeseek.core.anneal.exchange import export_answers, import_answers
from changeseek.core.anneal.question import Question
from changeseek.core.anneal.session import FeedbackSession
from changeseek.core.errors import FeedbackError, UnknownTileError
from changeseek.core.index.scoring import Scores
from changeseek.core.model.interface import PairEmbeddings
from changeseek.tests.core.index.conftest import write_index

EACH, KINDS, DIMENSIONS = 20, 3, 16
POND = Question("a pond was dug")
MakeSession = Callable[[str], FeedbackSession]


def kind(row: int) -> int:
    return row // EACH


@pytest.fixture
def make_session(tmp_path: Path) -> MakeSession:
    """Sessions on copies of one index; what lies in the folder of that name already is used."""
    chance = np.random.default_rng(3)
    centres = np.eye(KINDS, DIMENSIONS)
    change = np.repeat(centres, EACH, axis=0) + 0.25 * chance.standard_normal((EACH * KINDS, DIMENSIONS))
    change = (change / np.linalg.norm(change, axis=1, keepdims=True)).astype(np.float32)

    def make(name: str) -> FeedbackSession:
        return FeedbackSession(write_index(tmp_path / name, PairEmbeddings(change, change, change)))

    return make


@pytest.fixture
def session(make_session: MakeSession) -> FeedbackSession:
    return make_session("a.csx")


@pytest.fixture
def scores() -> Scores:
    """The first kind is meant; some of the second score as high."""
    chance = np.random.default_rng(4)
    means = np.repeat([1.0, 0.6, 0.0], EACH)
    return (means + 0.3 * chance.standard_normal(EACH * KINDS)).astype(np.float32)


def precision(scores: Scores) -> float:
    return float(np.mean([kind(row) == 0 for row in np.argsort(-scores, kind="stable")[:EACH]]))


def answer_rounds(session: FeedbackSession, scores: Scores, rounds: int, annotator: str = "ada") -> None:
    for _ in range(rounds):
        for pair in session.propose(8, question=POND, scores=scores):
            verdict = "similar" if kind(pair.first) == kind(pair.second) else "dissimilar"
            ids = session.index.tile_ids
            session.answer(ids[pair.first], ids[pair.second], verdict, annotator)


def test_without_answers_a_ranking_is_as_it_was(session: FeedbackSession, scores: Scores) -> None:
    refined = session.refine(POND, scores)
    assert np.array_equal(refined.scores, scores)
    assert (refined.weight, refined.precision) == (0.0, ())


def test_answers_improve_the_ranking(session: FeedbackSession, scores: Scores) -> None:
    answer_rounds(session, scores, 3)
    assert precision(session.refine(POND, scores).scores) >= precision(scores) + 0.05


def test_undoing_restores_the_ranking_exactly(session: FeedbackSession, scores: Scores) -> None:
    answer_rounds(session, scores, 2)
    before = session.refine(POND, scores).scores
    likeness = session.likeness("r000c001", session.record())
    answer_rounds(session, scores, 1)
    assert not np.array_equal(session.refine(POND, scores).scores, before)
    for _ in range(8):
        session.undo("ada")
    assert np.array_equal(session.refine(POND, scores).scores, before)
    assert np.array_equal(session.likeness("r000c001", session.record()), likeness)


def test_the_same_log_gives_the_same_head_and_ranking(
    session: FeedbackSession, make_session: MakeSession, scores: Scores, tmp_path: Path
) -> None:
    answer_rounds(session, scores, 2)
    export_answers(session, tmp_path / "answers.jsonl")
    other = make_session("b.csx")
    merged = import_answers(other, tmp_path / "answers.jsonl")
    assert (merged.added, merged.known, merged.damaged) == (16, 0, ())
    mine, theirs = session.learned(session.record()), other.learned(other.record())
    assert np.array_equal(mine.metric.change, theirs.metric.change)
    assert np.array_equal(session.refine(POND, scores).scores, other.refine(POND, scores).scores)
    assert import_answers(other, tmp_path / "answers.jsonl").added == 0


def test_what_was_asked_is_not_asked_again(session: FeedbackSession, scores: Scores) -> None:
    answer_rounds(session, scores, 1)
    ids = session.index.tile_ids
    skipped = session.propose(1, question=POND, scores=scores)[0]
    session.answer(ids[skipped.first], ids[skipped.second], "skipped")
    said = set(session.record().pairs)
    for question, given in ((POND, scores), (Question(), None)):
        pairs = session.propose(10, question=question, scores=given)
        assert pairs
        assert not said & {(min(one.first, one.second), max(one.first, one.second)) for one in pairs}


def test_who_skips_is_asked_about_every_other_hit_before_there_are_no_more(
    session: FeedbackSession, scores: Scores
) -> None:
    ids, asked = session.index.tile_ids, set()
    while pairs := session.propose(20, question=POND, scores=scores):
        for pair in pairs:
            asked.add(pair.second)
            session.answer(ids[pair.first], ids[pair.second], "skipped")
    assert len(asked) == len(ids) - 1


def test_kept_hits_come_first_and_rejected_ones_go(session: FeedbackSession, scores: Scores) -> None:
    worst, best = int(np.argmin(scores)), int(np.argmax(scores))
    session.judge(POND, session.index.tile_ids[worst], "kept")
    session.judge(POND, session.index.tile_ids[best], "rejected")
    refined = session.refine(POND, scores).scores
    assert refined[worst] > np.sort(scores)[len(scores) // 2]
    assert refined[best] < np.median(scores)
    session.judge(POND, session.index.tile_ids[worst], "withdrawn")
    session.judge(POND, session.index.tile_ids[best], "withdrawn")
    assert np.array_equal(session.refine(POND, scores).scores, scores)


def test_a_judgement_counts_for_its_own_question_only(session: FeedbackSession, scores: Scores) -> None:
    session.judge(POND, "r000c003", "rejected")
    assert np.array_equal(session.refine(Question("trees felled"), scores).scores, scores)


def test_the_last_answer_to_a_pair_counts(session: FeedbackSession) -> None:
    session.answer("r000c001", "r000c002", "similar", "ada")
    session.answer("r000c002", "r000c001", "dissimilar", "ada")
    record = session.record()
    assert (record.said("similar"), record.said("dissimilar")) == ([], [(1, 2)])
    assert record.clashes == ()


def test_people_who_contradict_each_other_are_named(session: FeedbackSession) -> None:
    session.answer("r000c001", "r000c002", "similar", "ada")
    session.answer("r000c002", "r000c003", "similar", "bob")
    session.answer("r000c003", "r000c001", "dissimilar", "eve")
    (clash,) = session.record().clashes
    assert set(clash.rows) == {1, 2, 3}
    assert {entry.annotator for entry in clash.answers} == {"ada", "bob", "eve"}
    assert clash.answers[-1].annotator == "eve"


def test_expected_precision_is_near_the_truth_and_says_how_sure(
    session: FeedbackSession, scores: Scores
) -> None:
    session.judge(POND, session.index.tile_ids[int(np.argmax(scores))], "kept")
    answer_rounds(session, scores, 4)
    refined = session.refine(POND, scores)
    first = next(one for one in refined.precision if one.hits == 20)
    assert first.low <= precision(refined.scores) <= first.high
    assert 0 < first.low < first.expected < first.high <= 1
    assert first.answers > 0


def test_more_answers_make_it_surer(session: FeedbackSession, scores: Scores) -> None:
    answer_rounds(session, scores, 1)
    few = session.refine(POND, scores).precision[1]
    answer_rounds(session, scores, 3)
    many = session.refine(POND, scores).precision[1]
    assert many.high - many.low < few.high - few.low


def test_it_asks_for_more_until_the_hits_stand_still(session: FeedbackSession, scores: Scores) -> None:
    assert not session.advice(POND, scores, 20).stop
    answer_rounds(session, scores, 4)
    last = session.log.read().entries[-1]
    first, second = last.tiles
    for _ in range(20):  # who says the same again changes nothing
        session.answer(first, second, last.verdict, "ada")
    assert session.advice(POND, scores, 20).stop


def test_skipping_is_no_reason_to_stop(session: FeedbackSession, scores: Scores) -> None:
    answer_rounds(session, scores, 4)
    before = session.advice(POND, scores, 20)
    assert not before.stop
    ids = session.index.tile_ids
    for tile_id in ids[1:21]:
        session.answer(ids[0], tile_id, "skipped", "ada")
        session.undo("ada")
        session.answer(ids[0], tile_id, "skipped", "ada")
    assert session.advice(POND, scores, 20) == before


def test_rounds_that_changed_the_metric_are_no_reason_to_stop(session: FeedbackSession) -> None:
    ids, change = session.index.tile_ids, session.index.vectors("change")
    # By something else than the kinds, of other tiles than the example: only the metric moves its hits.
    by_other = np.argsort(change[EACH:, 10]) + EACH
    low, high = by_other[:6], by_other[-6:]
    alike = [pair for side in (low, high) for pair in combinations(side, 2)][::2]
    for first, second in list(product(low, high))[:24]:
        session.answer(ids[first], ids[second], "dissimilar")
    for first, second in alike[:14]:
        session.answer(ids[first], ids[second], "similar")
    assert session.learned(session.record()).applied
    example = Question(tile_id=ids[0])
    assert not session.advice(example, session.likeness(ids[0], session.record()), 20).stop


def test_answers_about_tiles_of_other_indexes_are_counted_and_left_out(
    session: FeedbackSession, tmp_path: Path
) -> None:
    session.answer("r000c001", "r000c002", "similar")
    export_answers(session, tmp_path / "answers.jsonl")
    text = (tmp_path / "answers.jsonl").read_text(encoding="utf-8")
    (tmp_path / "answers.jsonl").write_text(text.replace("r000c002", "r999c999") + "damaged\n")
    merged = import_answers(session, tmp_path / "answers.jsonl")
    assert (merged.added, merged.unknown_tiles, merged.damaged) == (0, 1, (2,))


def test_what_cannot_be_is_refused(session: FeedbackSession, tmp_path: Path) -> None:
    with pytest.raises(UnknownTileError):
        session.answer("r000c001", "r111c111", "similar")
    with pytest.raises(FeedbackError, match="itself"):
        session.answer("r000c001", "r000c001", "similar")
    with pytest.raises(FeedbackError, match="perhaps"):
        session.answer("r000c001", "r000c002", "perhaps")
    with pytest.raises(FeedbackError, match="which question"):
        session.judge(Question(), "r000c001", "kept")
    with pytest.raises(FeedbackError, match="strategy"):
        session.propose(3, "class-balanced")
    with pytest.raises(FeedbackError, match="0 pairs"):
        session.propose(0)
    with pytest.raises(FeedbackError, match="no file"):
        import_answers(session, tmp_path / "none.jsonl")
    assert session.log.read().count == 0
