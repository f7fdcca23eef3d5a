"""Pages of tasks."""

from .holding import back, done, extend, hand, mine, progress, receipt, receive
from .issued import below, detail, export, file, issued, urge_all, withdraw
from .redoing import accept, accept_all, redo, retract
from .sending import correct, decide, resend, take_back, urge
from .sheets import sheet, sheet_confirm, sheet_errors, sheet_preview, sheet_template, sheet_withdraw
from .writing import drop, drop_file, edit, issue, new, preview, targets

__all__ = [
    "accept",
    "accept_all",
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
    "redo",
    "resend",
    "retract",
    "sheet",
    "sheet_confirm",
    "sheet_errors",
    "sheet_preview",
    "sheet_template",
    "sheet_withdraw",
    "take_back",
    "targets",
    "urge",
    "urge_all",
    "withdraw",
]
