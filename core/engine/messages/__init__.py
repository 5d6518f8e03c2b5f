"""What can be asked of the engine, and what it answers: the same types on both sides of the pipe.

Paths travel as text; arrays never travel: what is large goes through files.
"""

from __future__ import annotations

from typing import Any

from .about import (
    Hello,
    HelloAnswer,
    Model,
    Models,
    ModelsAnswer,
    NoAnswer,
    Shutdown,
    Status,
    StatusAnswer,
    Vocabulary,
    VocabularyAnswer,
)
from .asking import (
    DEFAULT_CAPTIONS,
    DEFAULT_HITS,
    MODES,
    Caption,
    Captions,
    CaptionsAnswer,
    Histogram,
    Hit,
    HitsAnswer,
    Search,
    Similar,
    TileCaptions,
)
from .base import (
    Progress,
    Request,
    from_json,
    to_json,
)
from .building import (
    DEFAULT_TILE,
    BuildIndex,
    IndexAnswer,
    Info,
    InfoAnswer,
    PairParameters,
    Plan,
    PlanAnswer,
    Source,
)
from .files import (
    FileAnswer,
    Outlines,
    Thumbnail,
    Thumbnails,
    ThumbnailsAnswer,
)

__all__ = [
    "DEFAULT_CAPTIONS",
    "DEFAULT_HITS",
    "DEFAULT_TILE",
    "MODES",
    "REQUESTS",
    "BuildIndex",
    "Caption",
    "Captions",
    "CaptionsAnswer",
    "FileAnswer",
    "Hello",
    "HelloAnswer",
    "Histogram",
    "Hit",
    "HitsAnswer",
    "IndexAnswer",
    "Info",
    "InfoAnswer",
    "Model",
    "Models",
    "ModelsAnswer",
    "NoAnswer",
    "Outlines",
    "PairParameters",
    "Plan",
    "PlanAnswer",
    "Progress",
    "Request",
    "Search",
    "Shutdown",
    "Similar",
    "Source",
    "Status",
    "StatusAnswer",
    "Thumbnail",
    "Thumbnails",
    "ThumbnailsAnswer",
    "TileCaptions",
    "Vocabulary",
    "VocabularyAnswer",
    "from_json",
    "to_json",
]

_KNOWN: tuple[type[Request[Any]], ...] = (
    *(Hello, Status, Models, Vocabulary, Shutdown),
    *(Plan, BuildIndex, Info),
    *(Search, Similar, Captions),
    *(Thumbnails, Outlines),
)
REQUESTS: dict[str, type[Request[Any]]] = {request.method: request for request in _KNOWN}
