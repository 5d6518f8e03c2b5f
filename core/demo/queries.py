"""What the demo asks, and which events answer it.

A query has a meaning, and every event of which a sentence of that meaning is true answers it: forest has been
cleared for houses, lakes and roads too, so they all answer "forest has been cleared".
"""

from __future__ import annotations

from dataclasses import dataclass

from changeseek.core.captions.grammar import Meaning
from changeseek.core.index.query import Mode


@dataclass(frozen=True, slots=True)
class DemoQuery:
    """A query with its answer.

    Attributes:
        text: As a user would type it.
        meaning: What it says happened; an event answers it where that is true of the event.
        mode: What the text is compared with.
    """

    text: str
    meaning: Meaning
    mode: Mode = "change"


# One for each kind of event that the scene holds.
PLAIN_QUERIES = (
    DemoQuery("houses built where there was forest", Meaning("forest", "houses")),
    DemoQuery("houses built on farmland", Meaning("field", "houses")),
    DemoQuery("houses were demolished", Meaning(before="houses")),
    DemoQuery("a lake was dug", Meaning(after="lake")),
    DemoQuery("a lake has dried up", Meaning(before="lake")),
    DemoQuery("a road was built", Meaning(after="road")),
    DemoQuery("forest has been cleared", Meaning(before="forest")),
    DemoQuery("trees were planted", Meaning(after="forest")),
)
# The same events in other words.
OTHER_QUERIES = (
    DemoQuery("forest -> houses", Meaning("forest", "houses")),
    DemoQuery("a new pond", Meaning(after="lake")),
    DemoQuery("woodland was felled", Meaning(before="forest")),
    DemoQuery("new homes on former fields", Meaning("field", "houses")),
)
DEMO_QUERIES = PLAIN_QUERIES + OTHER_QUERIES
