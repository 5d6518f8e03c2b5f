"""What must hold in every process of the product before anything heavy is imported."""

from __future__ import annotations

import os

_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PROJ_NETWORK": "OFF"}
# numpy's threads wait for each other on the small matrices of relevance feedback, many times longer than one
# alone takes; large products are bound by memory. The user's value wins. torch has threads of its own.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}


def prepare_process() -> None:
    """Forbid the libraries to look into the network, and numpy to share small work among threads.

    What the user types is the only address there is.
    """
    os.environ.update(_OFFLINE)
    for name, value in _ONE_THREAD.items():
        os.environ.setdefault(name, value)
