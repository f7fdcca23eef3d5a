"""Writing: reports, their rewording, handling, following by code, unsealing, what the clock does."""

from .filing import FORMS_MOST, Receipt, Told, file_report, record_call
from .following import reply, say_retaliation
from .handling import accept, answer, ask, close, settle_follow_up
from .limits import admitted, solved, sum_question
from .raising import RAISING, raise_problem
from .retelling import retell
from .ticking import settle
from .unsealing import approve_unsealing, ask_unsealing, refuse_unsealing, show_identity

__all__ = [
    "FORMS_MOST",
    "RAISING",
    "Receipt",
    "Told",
    "accept",
    "admitted",
    "answer",
    "approve_unsealing",
    "ask",
    "ask_unsealing",
    "close",
    "file_report",
    "raise_problem",
    "record_call",
    "refuse_unsealing",
    "reply",
    "retell",
    "say_retaliation",
    "settle",
    "settle_follow_up",
    "show_identity",
    "solved",
    "sum_question",
]
