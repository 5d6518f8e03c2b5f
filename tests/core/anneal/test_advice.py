"""When people are told that they may stop."""

from __future__ import annotations

from changeseek.core.anneal.advice import LEAST_ANSWERS, advise_by_agreement


def test_a_handful_of_answers_that_agree_is_no_reason_to_stop() -> None:
    assert not advise_by_agreement(LEAST_ANSWERS - 1, 1.0).stop
    assert advise_by_agreement(LEAST_ANSWERS, 1.0).stop


def test_where_no_question_is_refined_it_does_not_speak_of_hits() -> None:
    for agreement in (None, 0.7, 1.0):
        assert "hits" not in advise_by_agreement(LEAST_ANSWERS, agreement).why
