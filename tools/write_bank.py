"""Writes the project's caption bank from its grammar: `python tools/write_bank.py`."""

from __future__ import annotations

from changeseek.core.captions.bank import OWN_BANK
from changeseek.core.captions.grammar import bank_lines

if __name__ == "__main__":
    OWN_BANK.parent.mkdir(parents=True, exist_ok=True)
    OWN_BANK.write_text("\n".join(bank_lines()) + "\n", encoding="utf-8")
