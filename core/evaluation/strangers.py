"""Wordings and nouns that no training on change heard: neither the grammar nor a name of a class has them."""

from __future__ import annotations

UNHEARD = (
    "{old} made room for {new}",
    "what used to be {old} is {new} now",
    "they put {new} on a site of {old}",
    "{new} stand on land that once was {old}",
    "the {old} of the first picture is {new} in the second",
    "loss of {old}, gain of {new}",
)

STRANGERS = {
    "houses": "cottages", "buildings": "manufacturing plants", "mobile homes": "caravans",
    "forest": "a grove", "scrub": "thickets", "field": "ploughland", "orchard": "rows of fruit crops",
    "grass": "turf", "bare ground": "barren earth", "beach": "dunes by the ocean", "lake": "a lagoon",
    "river": "a creek", "road": "a carriageway", "runway": "a tarmac for take-off",
    "parking lot": "parking spaces", "airplanes": "jets", "harbour": "yachts at a quay",
    "storage tanks": "fuel silos", "tennis court": "a racket sport facility",
    "baseball field": "a softball pitch", "golf course": "a putting green with holes",
}  # fmt: skip
