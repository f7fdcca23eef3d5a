"""Writes of problems: reporting, what each does on the ladder, extensions, 挂牌督办, what silence does."""

from anwang.adapters.handed_in import Given

from ..models import Source
from .climbing import answer_down, climb, escalate, reopen
from .extending import ask, decide
from .following import hand_over
from .reporting import ProblemData, report
from .settling import settle
from .supervising import letter, supervise
from .working import (
    accept,
    accept_risk,
    answer,
    close,
    give_back,
    hand,
    note,
    order,
    recall,
    rectify,
    resubmit,
    solve,
    unfixed,
    verify,
    withdraw,
)

__all__ = [
    "Given",
    "ProblemData",
    "Source",
    "accept",
    "accept_risk",
    "answer",
    "answer_down",
    "ask",
    "climb",
    "close",
    "decide",
    "escalate",
    "give_back",
    "hand",
    "hand_over",
    "letter",
    "note",
    "order",
    "recall",
    "rectify",
    "reopen",
    "report",
    "resubmit",
    "settle",
    "solve",
    "supervise",
    "unfixed",
    "verify",
    "withdraw",
]
