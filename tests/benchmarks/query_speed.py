"""How long a question takes on a large index that is already open."""

from __future__ import annotations

import time
from statistics import median

from changeseek.core.index.query import SearchRequest
from changeseek.core.index.search import search
from changeseek.core.index.store import Index, open_index
from changeseek.core.model.interface import PairModel
from changeseek.core.model.loading import load_model
from changeseek.tests.benchmarks.fresh_process import Figures
from changeseek.tests.benchmarks.made_index import write_index
from changeseek.tests.benchmarks.settings import Settings

# What the command line searches with, whatever the index was built on.
_TEXT_DEVICE = "cpu"
_THINGS = ("houses", "a road", "a lake", "forest", "a car park", "fields", "a river", "trees")
_FATES = ("were built", "disappeared", "appeared where there was forest", "replaced bare ground")


def measure(settings: Settings) -> Figures:
    """Milliseconds from a typed text to ranked hits, as a user waits for the second and every later question.

    In it: embedding the text, another one each time, the exact comparison with every tile, the best 20 hits.
    Not in it: starting, loading the model, and the first question, which brings the vectors into memory. The
    index has the model's dimensions and lies on disk as every index does; its vectors are random, which
    exact search does not notice.
    """
    model = load_model(settings.model, _TEXT_DEVICE)
    directory = settings.folder / "large.csx"
    write_index(directory, settings, model, settings.query_tiles)
    index = open_index(directory)
    texts = [f"{thing} {fate}" for thing in _THINGS for fate in _FATES]
    _milliseconds(index, model, texts[-1])
    times = [_milliseconds(index, model, texts[number % len(texts)]) for number in range(settings.queries)]
    return {"query_ms_p50_100k": median(times), "query_ms_worst_100k": max(times)}


def _milliseconds(index: Index, model: PairModel, text: str) -> float:
    start = time.perf_counter()
    search(index, model, SearchRequest(text))
    return 1000 * (time.perf_counter() - start)
