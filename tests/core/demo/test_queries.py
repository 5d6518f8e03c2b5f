from __future__ import annotations

from itertools import product

import pytest

from changeseek.core.captions.grammar import Meaning
from changeseek.core.demo.queries import DEMO_QUERIES, PLAIN_QUERIES
from changeseek.core.index.query import parse_query
from changeseek.core.scenes.plan import DEMO_PLAN, EventKind
from changeseek.core.training.drawn import CONCEPT_OF

KINDS = {kind.name: kind for kind in DEMO_PLAN.kinds}


def truths(kind: EventKind) -> list[Meaning]:
    return [
        Meaning(CONCEPT_OF[before], CONCEPT_OF[after]) for before, after in product(kind.before, kind.after)
    ]


def test_there_are_a_dozen_queries_and_each_can_be_asked() -> None:
    assert len({query.text for query in DEMO_QUERIES}) == 12
    for query in DEMO_QUERIES:
        parse_query(query.text, query.mode)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("houses built where there was forest", "houses built on forest"),
        ("houses built on farmland", "houses built on fields"),
        ("houses were demolished", "houses demolished"),
        ("a lake was dug", "lake dug"),
        ("a lake has dried up", "lake dried up"),
        ("a road was built", "road built"),
        ("forest has been cleared", "forest cleared"),
        ("trees were planted", "trees planted"),
    ],
)
def test_each_kind_of_event_answers_its_plain_query(text: str, name: str) -> None:
    meanings = {query.text: query.meaning for query in PLAIN_QUERIES}
    assert all(meanings[text].agrees_with(truth) for truth in truths(KINDS[name]))


def test_only_clearing_forest_is_told_of_several_kinds() -> None:
    answering = {
        query.text: [
            name
            for name, kind in KINDS.items()
            if any(query.meaning.agrees_with(one) for one in truths(kind))
        ]
        for query in PLAIN_QUERIES
    }
    several = {text for text, names in answering.items() if len(names) > 1}
    assert several == {"forest has been cleared"}
    assert set(answering["forest has been cleared"]) == {
        "forest cleared", "houses built on forest", "lake dug", "road built",
    }  # fmt: skip
