"""Writes of the duties: opening, recording, waiving, handing over. All keep the tally in the same transaction."""

from .bulk import Received, record_many
from .explaining import say_able, say_unable
from .handover import move_units, settle_changes, transfer
from .opening import open_duties
from .recording import ContactData, Entry, record_contact, void_contact
from .sheet import record_sheet
from .waiving import unwaive, waive

__all__ = [
    "ContactData",
    "Entry",
    "Received",
    "move_units",
    "open_duties",
    "record_contact",
    "record_many",
    "record_sheet",
    "say_able",
    "say_unable",
    "settle_changes",
    "transfer",
    "unwaive",
    "void_contact",
    "waive",
]
