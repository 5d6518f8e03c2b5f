"""From a request on the pipe to the handler that answers it, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from changeseek.core.engine.failures import UnknownMethodError
from changeseek.core.engine.handlers import about, asking, building, feedback, files, planning
from changeseek.core.engine.job import Job
from changeseek.core.engine.messages import (
    REQUESTS,
    BuildIndex,
    Captions,
    FeedbackAnswer,
    FeedbackExport,
    FeedbackImport,
    FeedbackJudge,
    FeedbackPropose,
    FeedbackStatus,
    FeedbackUndo,
    Hello,
    Info,
    Models,
    Outlines,
    Plan,
    Request,
    Search,
    Similar,
    Status,
    Thumbnails,
    Vocabulary,
    to_json,
)
from changeseek.core.engine.opened import Opened
from changeseek.core.engine.parameters import read_request

Handler = Callable[[Any, Opened, Job], Any]

# All but `shutdown`, which is the server's own.
HANDLERS: dict[type[Request[Any]], Handler] = {
    Hello: about.hello,
    Status: about.status,
    Models: about.models,
    Vocabulary: about.vocabulary,
    Plan: planning.plan,
    BuildIndex: building.build,
    Info: building.info,
    Search: asking.search,
    Similar: asking.similar,
    Captions: asking.caption,
    FeedbackPropose: feedback.propose,
    FeedbackAnswer: feedback.answer,
    FeedbackJudge: feedback.judge,
    FeedbackUndo: feedback.undo,
    FeedbackStatus: feedback.status,
    FeedbackExport: feedback.export,
    FeedbackImport: feedback.import_,
    Thumbnails: files.thumbnails,
    Outlines: files.outlines,
}


class Dispatch:
    """Answers requests by their handlers, which share what is opened."""

    def __init__(self) -> None:
        self._opened = Opened()

    def answer(self, job: Job) -> dict[str, Any]:
        """Answer one request.

        Raises:
            UnknownMethodError: There is no such request.
            BadParametersError: Its parameters are not those of the request.
            Exception: What the handler raises.
        """
        kind = REQUESTS.get(job.call.method)
        if kind is None or kind not in HANDLERS:
            raise UnknownMethodError(f"the engine knows no request {job.call.method[:80]!r}")
        request = read_request(kind, job.call.params)
        return to_json(HANDLERS[kind](request, self._opened, job))

    def warm_up(self) -> None:
        """Load what the first question will need, so that it is quick."""
        self._opened.warm_up()
