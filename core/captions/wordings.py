"""Wordings for training alone: what people type and write besides the sentences of the caption bank.

Each is a template whose fields agree with a noun (`fields_of`). The caption bank does without them: it needs
one good sentence to show, training needs all that may be asked.
"""

from __future__ import annotations

from changeseek.core.captions.concepts import Noun

COMING = (
    "there {new_are} now {new}",
    "{new} can now be seen",
    "{new} {new_have} appeared",
    "{a_new} {new_have} appeared",
    "{a_new} can be seen",
    "{a_new}",
    "appearance of {new}",
    "arrival of {new}",
    "emergence of {new}",
    "{new} that {new_were} not there before",
    "{new} {new_were} added",
    "addition of {new}",
    "the area now has {new}",
    "the place now has {a_new}",
    "the land now shows {new}",
    "{new} visible after but not before",
    "no {new_bare} before, {new} after",
    "{new} emerge{new_s}",
    "{new} {new_are} there now",
    "{new} only on the later image",
)
COMING_MANY = (
    "{new} have sprung up",
    "several {new} were {come}",
    "more and more {new}",
    "some {new} were {come}",
    "a number of new {new} appeared",
)
COMING_UNCOUNTED = (
    "an expansion of {new}",
    "more {new}",
    "an increase of {new}",
    "{new} expanded",
    "{new} {new_have} grown",
    "{new} {new_have} become larger",
    "the {new_bare} grew",
    "the {new_bare} spread",
    "growth of {new}",
)
COMING_SHORT = (
    "now {new}",
    "new {new_bare} here",
    "find new {new_bare}",
    "show me new {new_bare}",
    "where did {new} appear",
    "where {new_were} {new} {come}",
    "{new_bare} new",
    "{new_bare} added",
    "{new_bare} now, not before",
    "after: {new_bare}",
    "{new_bare} appear",
)
GOING = (
    "loss of {old}",
    "disappearance of {old}",
    "removal of {old}",
    "the {old_bare} {old_have} disappeared",
    "the {old_bare} {old_have} vanished",
    "{old} {old_have} vanished",
    "{old} vanished",
    "there {old_are} no longer {old}",
    "{old} {old_are} no longer there",
    "{old} can no longer be seen",
    "the {old_bare} that {old_were} here {old_are} gone",
    "the former {old_bare} {old_are} gone",
    "{old} that {old_are} not there any more",
    "the place lost its {old_bare}",
    "the area no longer has {old}",
    "{old} visible before but not after",
    "{old} before, no {old_bare} after",
    "{old} only on the earlier image",
    "no more {old_bare}",
    "{former}",
)
GOING_MANY = ("several {old} were {go}", "some {old} were {go}", "fewer {old}", "{old} have been reduced")
GOING_UNCOUNTED = (
    "a decline of {old}",
    "a decrease of {old}",
    "{old} shrank",
    "{old} {old_have} shrunk",
    "{old} {old_have} become smaller",
    "the {old_bare} receded",
    "shrinking of {old}",
)
GOING_SHORT = (
    "{old_bare} gone",
    "{old_bare} lost",
    "{old_bare} removed",
    "missing {old_bare}",
    "find lost {old_bare}",
    "show me where {old_bare} disappeared",
    "where did {old} disappear",
    "where {old_were} {old} {go}",
    "{old_bare} not there anymore",
    "before: {old_bare}",
    "no {old_bare} anymore",
)
TRANSITION = (
    "{old} converted into {new}",
    "{old} {old_have} been converted into {new}",
    "conversion of {old} to {new}",
    "{new} {new_have} replaced {old}",
    "{new} replaced {old}",
    "{old} {old_have} been replaced by {new}",
    "{old} {old_were} {go} to make way for {new}",
    "{old} {go} to make way for {new}",
    "{old} give{old_s} way to {new}",
    "{new} replace{new_s} {old}",
    "the {old_bare} {old_were} {go} and {new} {new_were} {come}",
    "after the {old_bare} {old_were} {go}, {new} {new_were} {come}",
    "{new} {new_have} been {come} where there {old_were} {old}",
    "{new} on {former}",
    "{new} {come} on {former}",
    "{new} in place of {old}",
    "{former} now covered by {new}",
    "{former} turned into {new}",
    "{old} transformed into {new}",
    "{old} changed to {new}",
    "{old} became {new}",
    "{old} {old_have} become {new}",
    "the land changed from {old} to {new}",
    "land use change from {old} to {new}",
    "a change of {old} into {new}",
    "transition from {old} to {new}",
    "{old} lost to {new}",
    "{old} {old_have} been lost to {new}",
    "{new} {new_have} displaced {old}",
    "{new} took over the {old_bare}",
    "{new} now cover{new_s} the {old_bare}",
    "{new} {new_have} taken the place of the {old_bare}",
    "where there {old_were} {old} there {new_are} now {new}",
    "there {old_were} {old} here before, now there {new_are} {new}",
    "{old} before and {new} after",
    "{new} where {old} had been",
    "{a_new} in place of the {old_bare}",
    "the {old_bare} {old_have} been turned into {new}",
)
TRANSITION_MANY = (
    "{new} have sprung up on {former}",
    "several {new} replaced {old}",
    "a number of {new} were {come} where there {old_were} {old}",
)
TRANSITION_UNCOUNTED = (
    "an expansion of {new} into {old}",
    "an expansion of {new} at the expense of {old}",
    "{new} spread{new_s} over the {old_bare}",
    "encroachment of {new} on {old}",
)
TRANSITION_SHORT = (
    "{old_bare} {new_bare}",
    "{old_bare}, then {new_bare}",
    "{old_bare} to {new_bare}",
    "{old_bare} into {new_bare}",
    "{old_bare} -> {new_bare}",
    "new {new_bare} where {old_bare} {old_were}",
    "{new_bare} where {old_bare} before",
    "{new_bare} on old {old_bare}",
    "{old_bare} gone {new_bare} there",
    "{old_bare} now {new_bare}",
    "{new_bare} instead of {old_bare}",
    "{old_bare} changed into {new_bare}",
    "{old_bare} replaced with {new_bare}",
    "{old_bare} before {new_bare} after",
    "find {old_bare} that became {new_bare}",
    "show me {old_bare} turned into {new_bare}",
    "where {old_were} {old} replaced by {new}",
    "places where {old} became {new}",
)
NOTHING = (
    "no changes",
    "no visible change",
    "no change detected",
    "there is no change",
    "there are no changes",
    "there is no difference",
    "no difference between the images",
    "nothing is different",
    "nothing new",
    "nothing changed here",
    "the same as before",
    "still the same",
    "the same place, unchanged",
    "the area has not changed",
    "the area remained unchanged",
    "the land stayed as it was",
    "the place looks as it did before",
    "everything is as it was",
    "the two images show the same",
    "both images look alike",
    "both dates show the same scene",
    "the images are identical",
    "a stable area",
    "nothing was built and nothing was removed",
    "nothing appeared and nothing disappeared",
    "nothing was added or taken away",
    "no new construction and no loss",
    "the scene remains the same",
    "no significant change",
    "only the light is different",
)
# How a participle is said as a noun; those that have none stand out.
_ACTS = {
    "built": ("construction", "building"), "constructed": ("construction",),
    "demolished": ("demolition",), "torn down": ("tearing down",), "torn up": ("tearing up",),
    "removed": ("removal",), "cleared": ("clearing", "clearance"), "cleared away": ("clearing away",),
    "cut down": ("cutting down",), "felled": ("felling",), "logged": ("logging",), "planted": ("planting",),
    "grown": ("growth",), "established": ("establishment",), "sown": ("sowing",), "laid": ("laying",),
    "cultivated": ("cultivation",), "given up": ("abandonment",), "lost": ("loss",), "paved": ("paving",),
    "formed": ("formation",), "eroded": ("erosion",), "dug": ("digging",), "created": ("creation",),
    "drained": ("draining", "drainage"), "filled in": ("filling in",), "emptied": ("emptying",),
    "diverted": ("diversion",), "closed": ("closure",), "set up": ("setting up",), "exposed": ("exposure",),
}  # fmt: skip
COMING_ACTS = ("{act} of {new}", "the {act} of {new}", "{act} of {a_new}")
GOING_ACTS = ("{act} of {old}", "the {act} of {old}", "{act} of the {old_bare}")
TRANSITION_ACTS = ("{act} of {new} on {former}", "{act} of {new} in place of {old}")
# "A recently cut down forest" would be wrong of what came, and a particle cannot stand before a noun.
COMING_ADJECTIVES = ("newly {come} {new_bare}", "recently {come} {new_bare}", "freshly {come} {new_bare}")
GOING_ADJECTIVES = ("{go} {old_bare}", "recently {go} {old_bare}")


def acts_of(participle: str) -> tuple[str, ...]:
    """The nouns of a participle: "demolition" for "demolished"; empty where there is none."""
    return _ACTS.get(participle, ())


def counted(noun: Noun) -> bool:
    """Whether the noun stands with an article: "a road", not "roads" and not "forest"."""
    return noun.bare != noun.text


def fields_of(name: str, noun: Noun) -> dict[str, str]:
    """What templates may say of the noun called `name`: itself, bare, and the verbs that agree with it."""
    return {
        name: noun.text,
        f"{name}_bare": noun.bare,
        f"{name}_were": noun.be,
        f"{name}_have": noun.have,
        f"{name}_are": "are" if noun.plural else "is",
        f"{name}_s": "" if noun.plural else "s",
    }


def with_adjective(adjective: str, noun: Noun) -> str:
    """The noun with an adjective: "a new road", "new forest", "new houses"."""
    return f"a {adjective} {noun.bare}" if counted(noun) else f"{adjective} {noun.bare}"
