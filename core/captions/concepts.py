"""The things on the ground that the project has words for.

A concept is known by several nouns and by the verbs that say how it comes and how it goes. The caption bank,
the training captions and the completion of queries are all written from this one list.
"""

from __future__ import annotations

from dataclasses import dataclass

BUILT = ("built", "constructed", "put up")
LAID = ("built", "laid out", "constructed")
TORN_DOWN = ("demolished", "torn down", "removed")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase as it stands in a sentence, with its number for the verb."""

    text: str
    plural: bool = False

    @property
    def bare(self) -> str:
        """The phrase without its article, for use after an adjective."""
        return self.text.removeprefix("a ").removeprefix("an ")

    @property
    def be(self) -> str:
        """The past of *to be* that agrees with the noun."""
        return "were" if self.plural else "was"

    @property
    def have(self) -> str:
        """The present of *to have* that agrees with the noun."""
        return "have" if self.plural else "has"


def _one(*texts: str) -> tuple[Noun, ...]:
    return tuple(Noun(text) for text in texts)


def _many(*texts: str) -> tuple[Noun, ...]:
    return tuple(Noun(text, plural=True) for text in texts)


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing on the ground.

    Attributes:
        key: Short name, unique.
        nouns: Ways to say it; the first is the usual one.
        come: Participles for its appearance ("built").
        go: Participles for its disappearance ("demolished").
        come_alone: Whole predicates of appearance ("filled with water"), may be empty.
        go_alone: Whole predicates of disappearance ("dried up"), may be empty.
    """

    key: str
    nouns: tuple[Noun, ...]
    come: tuple[str, ...]
    go: tuple[str, ...]
    come_alone: tuple[str, ...] = ()
    go_alone: tuple[str, ...] = ()


CONCEPTS: tuple[Concept, ...] = (
    Concept("houses", _many("houses", "homes", "residential buildings", "dwellings", "family houses",
                            "villas", "apartment blocks", "bungalows")
            + _one("a residential area", "a housing estate", "a settlement", "a neighbourhood", "a town",
                   "a village", "a suburb", "a built-up area", "housing"),
            BUILT, TORN_DOWN),
    Concept("buildings", _many("large buildings", "industrial buildings", "warehouses", "factories",
                               "commercial buildings", "office buildings", "hangars")
            + _one("an industrial area", "a factory", "a warehouse", "a shopping centre"), BUILT, TORN_DOWN),
    Concept("mobile homes", _many("mobile homes", "trailers") + _one("a mobile home park", "a trailer park"),
            ("set up", "placed"), ("removed", "cleared away")),
    Concept("forest", _one("forest", "woodland", "a forest") + _many("woods", "trees")
            + _one("tree cover", "rainforest", "a pine forest", "jungle"),
            ("planted", "grown", "established"), ("cleared", "cut down", "felled", "logged"),
            ("grew up",), ("disappeared",)),
    Concept("scrub", _one("scrub", "shrubland", "chaparral") + _many("bushes", "shrubs")
            + _one("heath", "low vegetation"),
            ("grown", "established"), ("cleared", "removed")),
    Concept("field", _many("fields", "crops", "farm fields") + _one("farmland", "cropland", "an arable field",
                                                                    "agricultural land", "a wheat field",
                                                                    "a corn field"),
            ("sown", "laid out", "cultivated"), ("given up", "taken out of use", "lost")),
    Concept("orchard", _many("orchards", "vineyards") + _one("an orchard", "a plantation", "a vineyard")
            + _many("fruit trees", "olive trees"),
            ("planted", "laid out"), ("cleared", "grubbed up")),
    Concept("grass", _one("grass", "grassland", "a meadow", "pasture", "a lawn", "prairie"),
            ("sown", "established"), ("removed", "dug up"), ("grew",), ("disappeared",)),
    Concept("bare ground", _one("bare ground", "bare soil", "open ground", "dirt", "bare land",
                                "a cleared site", "barren land", "a construction site", "earth", "a quarry"),
            ("exposed", "opened up", "cleared"), ("covered", "built over"), ("appeared",), ("disappeared",)),
    Concept("beach", _one("a beach", "sand", "a sandy shore", "a sandbank"), ("formed", "washed up"),
            ("washed away", "eroded")),
    Concept("lake", _one("a lake", "a pond", "water", "a reservoir", "open water", "a water body",
                         "a flooded area", "a pool"),
            ("dug", "created", "flooded"), ("drained", "filled in", "emptied"),
            ("filled with water", "grew", "appeared"), ("dried up", "dried out", "shrank", "disappeared")),
    Concept("river", _one("a river", "a stream", "a watercourse", "a canal", "a river channel"),
            ("dug", "diverted here"), ("diverted", "filled in"), ("moved here", "appeared"),
            ("dried up", "moved away")),
    Concept("road", _one("a road", "a street", "a highway", "a motorway", "a paved road") + _many("roads")
            + _one("a freeway", "an asphalt road", "an overpass"),
            ("built", "paved", "constructed", "laid"), ("removed", "torn up")),
    Concept("runway", _one("a runway", "an airstrip", "a landing strip"), ("built", "paved"),
            ("removed", "torn up")),
    Concept("parking lot", _one("a parking lot", "a car park", "a parking area")
            + _many("parked cars", "cars"),
            ("built", "paved", "laid out"), ("removed", "torn up")),
    Concept("airplanes", _many("airplanes", "aircraft", "planes", "parked planes"), ("parked",),
            ("moved away", "removed"), ("arrived",), ("left",)),
    Concept("harbour", _many("boats", "ships") + _one("a harbour", "a marina", "a harbor", "a port")
            + _many("moored boats", "docks"),
            ("built", "moored"), ("removed", "closed"), ("arrived",), ("left",)),
    Concept("storage tanks", _many("storage tanks", "oil tanks", "tanks", "fuel tanks")
            + _one("a tank farm"), BUILT, TORN_DOWN),
    Concept("tennis court", _one("a tennis court", "a sports court") + _many("tennis courts"), LAID,
            ("removed", "torn up")),
    Concept("baseball field", _one("a baseball field", "a baseball diamond", "a sports field",
                                   "a ball field"),
            LAID, ("removed", "torn up")),
    Concept("golf course", _one("a golf course", "a golf green", "a fairway"), LAID,
            ("removed", "given up")),
)  # fmt: skip

BY_KEY: dict[str, Concept] = {concept.key: concept for concept in CONCEPTS}
