"""A change put into words at random: nouns and participles are drawn first, then a wording for them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from changeseek.core.captions import wordings
from changeseek.core.captions.bank_sentences import appearances, disappearances, transitions
from changeseek.core.captions.concepts import Concept, Noun
from changeseek.core.captions.placement import Claim

# Sentences of the caption bank that tell how much went of what was there.
OF_THE_OLD = {Claim.PART_OF_IT: "part of the", Claim.MOST_OF_IT: "most of the"}


@dataclass(frozen=True, slots=True)
class Said:
    """What went and what came, one of them at least, with one noun and one participle for each.

    Attributes:
        before: What went, None where it is not said.
        after: What came, None where it is not said.
        old: Noun of what went.
        new: Noun of what came.
        come: Participle of its coming, empty for none.
        go: Participle of its going, empty for none.
        act: The same as a noun ("construction"), of its coming where something came; empty for none.
    """

    before: Concept | None
    after: Concept | None
    old: Noun | None
    new: Noun | None
    come: str
    go: str
    act: str

    @classmethod
    def draw(cls, before: Concept | None, after: Concept | None, chance: random.Random) -> Said:
        """Draw nouns and participles."""
        old = chance.choice(before.nouns) if before else None
        new = chance.choice(after.nouns) if after else None
        come = chance.choice(after.come) if after else ""
        go = chance.choice(before.go) if before else ""
        acts = wordings.acts_of(come or go)
        return cls(before, after, old, new, come, go, chance.choice(acts) if acts else "")

    def any_sentence(self, chance: random.Random, *, whole: bool = False) -> str:
        """One wording, each equally likely, none of which tells of extent.

        Args:
            chance: Draws it.
            whole: Leave out what people type into a search field, which bears no addition.
        """
        of_bank = [text for text in self._of_bank() if not text.startswith(tuple(OF_THE_OLD.values()))]
        templates = self._templates() + (() if whole else self._short_templates())
        drawn = chance.randrange(len(of_bank) + len(templates))
        return of_bank[drawn] if drawn < len(of_bank) else self._filled(templates[drawn - len(of_bank)])

    def of_extent(self, claim: Claim) -> list[str]:
        """Sentences with one of the claims of `OF_THE_OLD`; something must have gone."""
        return [text for text in self._of_bank() if text.startswith(OF_THE_OLD[claim])]

    def _of_bank(self) -> list[str]:
        if self.before and self.old and self.after and self.new:
            return list(transitions(self.before, self.after, self.old, self.new))
        if self.after and self.new:
            return list(appearances(self.after, self.new))
        assert self.before and self.old
        return list(disappearances(self.before, self.old))

    def _templates(self) -> tuple[str, ...]:
        found: tuple[tuple[str, ...], ...]
        if self.old and self.new:
            found = (wordings.TRANSITION, wordings.TRANSITION_MANY, wordings.TRANSITION_ACTS)
            uncounted: tuple[str, ...] = wordings.TRANSITION_UNCOUNTED
        elif self.new:
            found = (wordings.COMING, wordings.COMING_MANY, wordings.COMING_ACTS)
            uncounted = wordings.COMING_UNCOUNTED
        else:
            found = (wordings.GOING, wordings.GOING_MANY, wordings.GOING_ACTS)
            uncounted = wordings.GOING_UNCOUNTED
        always, of_many, by_act = found
        named = self.new or self.old
        assert named
        return (
            always
            + (of_many if named.plural else ())
            + (by_act if self.act else ())
            + (() if wordings.counted(named) else uncounted)
        )

    def _short_templates(self) -> tuple[str, ...]:
        if self.old and self.new:
            return wordings.TRANSITION_SHORT
        if self.new:
            return wordings.COMING_SHORT + (() if " " in self.come else wordings.COMING_ADJECTIVES)
        return wordings.GOING_SHORT + (() if " " in self.go else wordings.GOING_ADJECTIVES)

    def _filled(self, template: str) -> str:
        fields = {"come": self.come, "go": self.go, "act": self.act}
        if self.old:
            fields |= wordings.fields_of("old", self.old)
            fields["former"] = wordings.with_adjective("former", self.old)
        if self.new:
            fields |= wordings.fields_of("new", self.new)
            fields["a_new"] = wordings.with_adjective("new", self.new)
        return template.format_map(fields)
