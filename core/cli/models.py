"""Where a model runs, said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changeseek.core.cli.output import say

if TYPE_CHECKING:
    from changeseek.core.model.interface import PairModel


def say_device(model: PairModel, wished: str) -> None:
    """Say what a model runs on; a fall-back to the CPU aloud."""
    fell_back = wished == "auto" and model.device == "cpu"
    why = ": no GPU that torch can use was found" if fell_back else ""
    say(f"model {model.name} runs on {model.device}{why}")
