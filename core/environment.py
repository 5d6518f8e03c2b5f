"""What must hold in every process of the product before anything heavy is imported: offline."""

from __future__ import annotations

import os

_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PROJ_NETWORK": "OFF"}


def go_offline() -> None:
    """Forbid the libraries to look into the network; what the user types is the only address there is."""
    os.environ.update(_OFFLINE)
