from __future__ import annotations

import pytest

from changeseek.core.demo.caption_figures import is_clear, is_right
from changeseek.core.demo.truth import TileTruth


def tile(event: str, **transitions: float) -> TileTruth:
    by_key = {key.replace("_to_", " -> ").replace("_", " "): share for key, share in transitions.items()}
    return TileTruth({event: sum(by_key.values())}, by_key)


BUILT = tile("houses built on forest", forest_to_houses=0.5)
DEMOLISHED = tile("houses demolished", houses_to_bare_ground=0.5)


@pytest.mark.parametrize(
    ("truth", "caption", "right"),
    [
        (BUILT, "forest -> houses", True),
        (BUILT, "-> houses", True),
        (BUILT, "forest ->", False),
        (BUILT, "houses -> forest", False),
        (BUILT, "field -> houses", False),
        (BUILT, "nothing", False),
        (DEMOLISHED, "houses ->", True),
        (DEMOLISHED, "houses -> bare ground", True),
        (DEMOLISHED, "-> bare ground", False),
        (DEMOLISHED, "-> houses", False),
        (tile("lake dug", field_to_lake=0.3), "-> lake", True),
        (tile("lake dried up", lake_to_grass=0.3), "lake ->", True),
        (tile("lake dried up", lake_to_grass=0.3), "-> grass", False),
        (tile("forest cleared", forest_to_grass=0.3), "forest ->", True),
        (tile("trees planted", grass_to_forest=0.3), "-> forest", True),
        (tile("road built", field_to_road=0.1, forest_to_road=0.1), "forest -> road", True),
        (tile("road built", field_to_road=0.1, forest_to_road=0.1), "grass -> road", False),
    ],
)
def test_a_caption_must_name_what_came_or_went_and_say_nothing_untrue(
    truth: TileTruth, caption: str, right: bool
) -> None:
    assert is_right([caption], truth) is right
    assert is_right(["-> airplanes", caption], truth) is right


@pytest.mark.parametrize(
    ("truth", "clear"),
    [
        (tile("lake dug", field_to_lake=0.2), True),
        (tile("lake dug", field_to_lake=0.19), False),
        (tile("road built", field_to_road=0.07, grass_to_road=0.06), True),
        (tile("road built", field_to_road=0.11), False),
        (
            TileTruth({"lake dug": 0.4, "road built": 0.01}, {"field -> lake": 0.4, "field -> road": 0.01}),
            False,
        ),
        (TileTruth({}, {}), False),
    ],
)
def test_a_known_tile_shows_one_event_alone_and_clearly(truth: TileTruth, clear: bool) -> None:
    assert is_clear(truth) is clear
