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
from .looking_back import enterprise_timeline, my_timeline, person_timeline
from .reviewing import review_pack, review_pack_make

__all__ = [
    "enterprise_timeline",
    "handover",
    "handover_file",
    "handover_list",
    "handover_make",
    "handover_new",
    "handover_received",
    "handover_return",
    "handover_undo",
    "my_timeline",
    "person_timeline",
    "review_pack",
    "review_pack_make",
]
