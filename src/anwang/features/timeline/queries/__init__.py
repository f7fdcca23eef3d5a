"""Reading hand-overs, and what was so on a day."""

from .enterprise import enterprise_day, unknown_then
from .enterprise import read as read_enterprise
from .handing import (
    Offer,
    findable,
    handover_for,
    handovers,
    items_of,
    just_received,
    offer,
    received,
    takers,
    waiting_in,
)
from .lists import lists_of
from .person import person_day, read_person

__all__ = [
    "Offer",
    "enterprise_day",
    "findable",
    "handover_for",
    "handovers",
    "items_of",
    "just_received",
    "lists_of",
    "offer",
    "person_day",
    "read_enterprise",
    "read_person",
    "received",
    "takers",
    "unknown_then",
    "waiting_in",
]
