"""`python -m changeseek.core.cli`."""

from __future__ import annotations

import sys

from changeseek.core.cli.main import run

sys.exit(run())
