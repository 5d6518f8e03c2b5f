"""What a ranking is refined for: a text as it was asked, or an example tile."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A text with its mode and what it is without, or an example tile; all empty for none.

    Attributes:
        text: As it was asked, blanks around it left out.
        mode: change, after or before.
        without: Text of what the hits should not be.
        tile_id: The example tile where there is no text.
    """

    text: str = ""
    mode: str = "change"
    without: str = ""
    tile_id: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.tile_id)

    @classmethod
    def asked(cls, text: str, mode: str, without: str, tile_id: str) -> Question:
        """The question of what a user gave: blanks do not make another one."""
        if text.strip():
            return cls(" ".join(text.split()), mode, " ".join(without.split()))
        return cls(tile_id=tile_id)
