"""Papers made, kept and handed out; evaluations recorded; each is in the trail."""

from .evaluations import (
    EvaluationData,
    import_evaluations,
    record_evaluation,
    restore_evaluation,
    withdraw_evaluation,
)
from .papers import KEPT_DAYS, PaperFile, make_paper, open_paper
from .sheets import apply_upload, discard_upload, purge_sheets, read_upload, receive_sheet, undo_upload

__all__ = [
    "KEPT_DAYS",
    "EvaluationData",
    "PaperFile",
    "apply_upload",
    "discard_upload",
    "import_evaluations",
    "make_paper",
    "open_paper",
    "purge_sheets",
    "read_upload",
    "receive_sheet",
    "record_evaluation",
    "restore_evaluation",
    "undo_upload",
    "withdraw_evaluation",
]
