"""Writes of tasks: a draft, its issue, what the holder and the sender do, extensions, reminders."""

from anwang.adapters.handed_in import Given

from .accepting import accept, accept_all
from .drafting import TaskData, draft, drop_draft, drop_file, offered
from .extending import ask, decide
from .following import settle
from .handing import correct, hand_down, offered_below, resend, take_back, withdraw
from .holding import FirmWork, complete, give_back, receive, report_progress, settle_firms
from .issuing import issue
from .leaving import return_left
from .redoing import redo, retract
from .sheet import issue_sheet, withdraw_sheet
from .trace import KINDS
from .urging import urge, urge_all

__all__ = [
    "KINDS",
    "FirmWork",
    "Given",
    "TaskData",
    "accept",
    "accept_all",
    "ask",
    "complete",
    "correct",
    "decide",
    "draft",
    "drop_draft",
    "drop_file",
    "give_back",
    "hand_down",
    "issue",
    "issue_sheet",
    "offered",
    "offered_below",
    "receive",
    "redo",
    "report_progress",
    "resend",
    "retract",
    "return_left",
    "settle",
    "settle_firms",
    "take_back",
    "urge",
    "urge_all",
    "withdraw",
    "withdraw_sheet",
]
