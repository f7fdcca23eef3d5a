"""Pages of tasks."""

from .holding import back, done, extend, hand, mine, progress, receipt, receive
from .issued import below, detail, export, file, issued, urge_all, withdraw
from .sending import correct, decide, resend, take_back, urge
from .writing import drop, drop_file, edit, issue, new, preview, targets

__all__ = [
    "back",
    "below",
    "correct",
    "decide",
    "detail",
    "done",
    "drop",
    "drop_file",
    "edit",
    "export",
    "extend",
    "file",
    "hand",
    "issue",
    "issued",
    "mine",
    "new",
    "preview",
    "progress",
    "receipt",
    "receive",
    "resend",
    "take_back",
    "targets",
    "urge",
    "urge_all",
    "withdraw",
]
