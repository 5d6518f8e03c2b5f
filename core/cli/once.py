"""What the command line opens for one question, where the engine keeps it for the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changeseek.core.engine.opened import Opened

if TYPE_CHECKING:
    from changeseek.core.index.store import Index
    from changeseek.core.model.interface import PairModel


class OpenedOnce(Opened):
    """Opens as the other commands do."""

    def text_model(self, index: Index) -> PairModel:
        """The model that an index was built with, for its texts.

        Raises:
            UnknownModelError: It is not here, or has other weights or sizes by now.
        """
        from changeseek.core.index.text_model import text_model

        return text_model(index.record.model)
