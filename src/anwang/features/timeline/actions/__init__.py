"""Handing over, and the papers of looking back."""

from .handover import HandoverData, carry_due, end_leave, hand_over, undo
from .printing import print_list

__all__ = ["HandoverData", "carry_due", "end_leave", "hand_over", "print_list", "undo"]
