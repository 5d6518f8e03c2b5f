"""QGIS runs this file at its start, by `--code`: it places the window and opens the ear for questions."""

from __future__ import annotations

import os
import sys

# QGIS runs the file's text, which has no path and no package of its own.
sys.path.insert(0, os.environ["CHANGESEEK_WINDOW_TOOLS"])

from window.inside.ear import Ear  # type: ignore[import-not-found, unused-ignore]
from window.inside.frame import place_window  # type: ignore[import-not-found, unused-ignore]
from window.inside.log import keep_log  # type: ignore[import-not-found, unused-ignore]

keep_log()
place_window()
changeseek_ear = Ear(os.environ["CHANGESEEK_WINDOW_SOCKET"])
