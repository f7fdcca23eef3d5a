"""Reading questions, answers, notices and material, always through the territory."""

from .library import entries, entry, search, suggestions
from .materials import material, materials
from .questions import Waiting, overdue_facts, question, waiting_questions, waiting_rows
from .relays import Relaying, ToRelay, news_for, notice, notice_facts, notices, notices_to_relay, relays_of

__all__ = [
    "Relaying",
    "ToRelay",
    "Waiting",
    "entries",
    "entry",
    "material",
    "materials",
    "news_for",
    "notice",
    "notice_facts",
    "notices",
    "notices_to_relay",
    "overdue_facts",
    "question",
    "relays_of",
    "search",
    "suggestions",
    "waiting_questions",
    "waiting_rows",
]
