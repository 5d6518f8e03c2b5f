"""What must hold before anything heavy is imported: offline, and no other program's libraries."""

from __future__ import annotations

import logging
import os

_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PROJ_NETWORK": "OFF"}


def go_offline() -> None:
    """Forbid the libraries to look into the network; what the user types is the only address there is."""
    os.environ.update(_OFFLINE)


def keep_quiet() -> None:
    """Keep log records and warnings of libraries off the terminal: what fails there is said in one line."""
    logging.captureWarnings(capture=True)
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())
