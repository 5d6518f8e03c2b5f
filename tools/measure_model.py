"""Measures the shipped model on the demo and writes the figures into its card.

Usage: .venv/bin/python tools/measure_model.py [SEED ...]     (seeds 0 and 1 where none is named)
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

from changeseek.core.model.card import read_card
from changeseek.core.model.loading import DEFAULT_MODEL, MODELS_FOLDER


def main() -> None:
    """Run the demo for each seed and keep what it prints."""
    figures: dict[str, Any] = {}
    for seed in sys.argv[1:] or ("0", "1"):
        command = ["changeseek", "demo", f"build/demo-{seed}", "--seed", seed, "--json"]
        printed = subprocess.run([f".venv/bin/{command[0]}", *command[1:]], check=True, capture_output=True)
        report = json.loads(printed.stdout)
        figures[" ".join(command)] = {
            name: round(value, 3) for name, value in report.items() if isinstance(value, float | int)
        }
    folder = MODELS_FOLDER / DEFAULT_MODEL
    replace(read_card(folder), figures=figures).write(folder)
    sys.stdout.write(f"{json.dumps(figures, indent=1)}\n")


if __name__ == "__main__":
    main()
