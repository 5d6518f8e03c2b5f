"""ChangeSeek's engine: rasters to tiles to embeddings to an index that answers in hits and captions.

Importing this package is cheap; what needs torch or GDAL is loaded on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from changeseek.core.model.loading import load_model

__all__ = ["load_model"]


def __getattr__(name: str) -> Any:
    if name == "load_model":
        from changeseek.core.model.loading import load_model

        return load_model
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
