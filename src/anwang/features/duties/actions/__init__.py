"""Writes of the duties: opening, recording, waiving, handing over. All keep the tally in the same transaction."""

from .bulk import Received, record_many
from .data import ContactData, Entry
from .explaining import say_able, say_unable
from .handover import move_units, settle_changes, transfer
from .opening import open_duties
from .photos import Kept, PhotoData, add_photo, drop_photo
from .recording import Recorded, record_contact, void_contact
from .sheet import record_sheet
from .tasks import TaskDuty, close_task_duties, move_task_duties, open_task_duties
from .unsent import Taken, Unsent, record_unsent
from .waiving import unwaive, waive

__all__ = [
    "ContactData",
    "Entry",
    "Kept",
    "PhotoData",
    "Received",
    "Recorded",
    "Taken",
    "TaskDuty",
    "Unsent",
    "add_photo",
    "close_task_duties",
    "drop_photo",
    "move_task_duties",
    "move_units",
    "open_duties",
    "open_task_duties",
    "record_contact",
    "record_many",
    "record_sheet",
    "record_unsent",
    "say_able",
    "say_unable",
    "settle_changes",
    "transfer",
    "unwaive",
    "void_contact",
    "waive",
]
