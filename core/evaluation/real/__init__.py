"""How good a model is on real places that no training saw, where their data are at hand."""

from changeseek.core.evaluation.real.checks import real_cases, real_checks
from changeseek.core.evaluation.real.groups import GroupFigures, by_group, by_question
from changeseek.core.evaluation.real.judging import RealCheck
from changeseek.core.evaluation.real.report import as_markdown

__all__ = [
    "GroupFigures",
    "RealCheck",
    "as_markdown",
    "by_group",
    "by_question",
    "real_cases",
    "real_checks",
]
