from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from changeseek.core.model.threads import one_core, use_all_cores, use_one_core

pytestmark = pytest.mark.skipif(torch.get_num_threads() == 1, reason="there is one core only")


def in_two_threads(*steps: tuple[int, Callable[[], object]]) -> list[int]:
    """Runs steps in the one thread or the other; says after each how many cores that thread computes on."""
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:
        threads = (one, other)
        found = []
        for number, step in steps:
            threads[number].submit(step).result()
            found.append(threads[number].submit(torch.get_num_threads).result())
        # New threads begin with what was set last.
        threads[1].submit(use_all_cores).result()
    return found


def test_each_thread_keeps_its_own_number() -> None:
    use_all_cores()
    every = torch.get_num_threads()
    steps = ((0, use_one_core), (1, use_all_cores), (0, lambda: None), (0, use_one_core), (1, lambda: None))
    assert in_two_threads(*steps) == [1, every, 1, 1, every]


def test_a_block_on_one_core_ends_with_it() -> None:
    before = torch.get_num_threads()
    with one_core():
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == before
