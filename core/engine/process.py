"""The engine's process from its start to its end.

Within the standard library and old Pythons until it is known that this one can run the engine.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from changeseek.core.engine.channel import Channel, claim_output
from changeseek.core.engine.completeness import what_is_missing
from changeseek.core.engine.failures import EngineIncompleteError, not_loadable
from changeseek.core.engine.job import Job
from changeseek.core.engine.lane import Errand
from changeseek.core.engine.log import log_to_stderr, open_log
from changeseek.core.engine.server import AnswerJob, Server
from changeseek.core.environment import prepare_process

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str]) -> int:
    """Answer questions from stdin on stdout until they end; then the process ends as well."""
    options = _options(arguments)
    path, log = open_log()
    channel = Channel(claim_output(log))
    log_to_stderr()
    prepare_process()
    _log.info("the engine starts: %s, Python %s", sys.executable, sys.version.split()[0])
    answer, warm_up = _answers()
    try:
        Server(channel, answer, path, options.idle_seconds, warm_up).serve(sys.stdin.buffer)
        _log.info("the engine ends")
        logging.shutdown()
    finally:
        # Not by returning: threads that read the pipe or compute in C cannot be asked to end, and a second
        # Ctrl-C would wait for them.
        os._exit(0)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="ChangeSeek's engine: JSON-RPC on stdin and stdout.")
    parser.add_argument(
        "--idle-seconds", type=float, default=1800.0, help="end after so long without a question; 0: never"
    )
    return parser.parse_args(arguments)


def _answers() -> tuple[AnswerJob, Errand]:
    """What answers requests, and what prepares for the next ones."""
    incomplete = what_is_missing()
    if incomplete is None:
        try:
            from changeseek.core.engine.dispatch import Dispatch
        except ImportError as error:
            incomplete = not_loadable(error)
        else:
            dispatch = Dispatch()
            return dispatch.answer, dispatch.warm_up
    _log.error("%s", incomplete)
    return _refusing(incomplete), lambda: None


def _refusing(incomplete: EngineIncompleteError) -> AnswerJob:
    def refuse(_: Job) -> dict[str, object]:
        raise EngineIncompleteError(incomplete.message, incomplete.advice)

    return refuse
