"""Handing over and looking back."""

from .handover import (
    handover,
    handover_file,
    handover_list,
    handover_make,
    handover_new,
    handover_received,
    handover_return,
    handover_undo,
)

__all__ = [
    "handover",
    "handover_file",
    "handover_list",
    "handover_make",
    "handover_new",
    "handover_received",
    "handover_return",
    "handover_undo",
]
