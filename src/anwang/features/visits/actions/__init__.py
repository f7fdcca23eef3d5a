"""Writes of the visits: plans adopted, visits announced, moved, cancelled, merged; wishes of enterprises."""

from .adopting import adopt, adopt_many, undo_adoption
from .arranging import VisitData, announce, arrange, cancel, move, restore
from .handing import hand_over
from .merging import merge, unmerge
from .settling import settle
from .wishing import WishData, wish, withdraw

__all__ = [
    "VisitData",
    "WishData",
    "adopt",
    "adopt_many",
    "announce",
    "arrange",
    "cancel",
    "hand_over",
    "merge",
    "move",
    "restore",
    "settle",
    "undo_adoption",
    "unmerge",
    "wish",
    "withdraw",
]
