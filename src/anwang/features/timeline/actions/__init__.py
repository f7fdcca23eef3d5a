"""Handing over, and the papers of looking back."""

from .handover import HandoverData, carry_due, end_leave, hand_over, undo
from .printing import print_list
from .reviewing import KEPT_DAYS, PackFile, make_pack, open_pack

__all__ = [
    "KEPT_DAYS",
    "HandoverData",
    "PackFile",
    "carry_due",
    "end_leave",
    "hand_over",
    "make_pack",
    "open_pack",
    "print_list",
    "undo",
]
