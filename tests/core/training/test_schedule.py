"""The learning rate's course and the share of a training that is done."""

from __future__ import annotations

import numpy as np

from changeseek.core.training.schedule import Clock, one_cycle


def test_the_learning_rate_rises_then_falls_to_nothing() -> None:
    shares = np.linspace(0, 1, 50)
    rates = [one_cycle(share) for share in shares]
    peak = int(np.argmax(rates))
    assert 0 < shares[peak] < 0.1
    assert rates[: peak + 1] == sorted(rates[: peak + 1])
    assert rates[peak:] == sorted(rates[peak:], reverse=True)
    assert rates[-1] < 1e-9


def test_steps_or_minutes_end_a_training_whichever_comes_first() -> None:
    assert Clock(10, None).share(5) == 0.5
    late = Clock(10**6, minutes=2)
    late.set(60)
    assert 0.5 <= late.share(1) < 0.51
    assert late.share(10**6) == 1
