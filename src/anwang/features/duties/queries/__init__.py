"""Reading duties: one status function behind every screen, one tally behind every total."""

from .history import Trail, trail
from .options import Desk, Option, desk
from .records import contact, contact_by_client, contacts, contacts_of, outcomes_of, sentence, with_rules
from .rows import STATES, DutyRow, find, in_state, listing, shown, standing_of, urgent_of
from .totals import tally_faults
from .unsettled import Owed, owed
from .year import strips

__all__ = [
    "STATES",
    "Desk",
    "DutyRow",
    "Option",
    "Owed",
    "Trail",
    "contact",
    "contact_by_client",
    "contacts",
    "contacts_of",
    "desk",
    "find",
    "in_state",
    "listing",
    "outcomes_of",
    "owed",
    "sentence",
    "shown",
    "standing_of",
    "strips",
    "tally_faults",
    "trail",
    "urgent_of",
    "with_rules",
]
