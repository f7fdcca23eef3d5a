"""Papers made, kept and handed out; evaluations recorded; each is in the trail."""

from .evaluations import (
    EvaluationData,
    import_evaluations,
    record_evaluation,
    restore_evaluation,
    withdraw_evaluation,
)
from .papers import KEPT_DAYS, PaperFile, make_paper, open_paper

__all__ = [
    "KEPT_DAYS",
    "EvaluationData",
    "PaperFile",
    "import_evaluations",
    "make_paper",
    "open_paper",
    "record_evaluation",
    "restore_evaluation",
    "withdraw_evaluation",
]
