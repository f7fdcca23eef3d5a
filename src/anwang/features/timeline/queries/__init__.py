"""Reading hand-overs, and what was so on a day."""

from .handing import (
    Offer,
    findable,
    handover_for,
    handovers,
    items_of,
    offer,
    received,
    received_count,
    takers,
    waiting_in,
)
from .lists import lists_of

__all__ = [
    "Offer",
    "findable",
    "handover_for",
    "handovers",
    "items_of",
    "lists_of",
    "offer",
    "received",
    "received_count",
    "takers",
    "waiting_in",
]
