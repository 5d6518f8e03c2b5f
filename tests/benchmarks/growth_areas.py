"""How areas grow; imports nothing heavy, so that bench.py stays small."""

from __future__ import annotations

# Times the area of the smallest window, and how often each is built: the short builds vary most.
AREAS = {1: 3, 4: 2, 16: 1, 64: 1}
