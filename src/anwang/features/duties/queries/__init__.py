"""Reading duties: one status function behind every screen, one tally behind every total."""

from .disturbance import site_contacts, site_visits, visit_notices, visited_too_often
from .firm import FirmDuties, firm_duties
from .history import Trail, held_open, held_rows, last_contacts, moved_at, recorded_since, trail
from .looking_back import DutyTrace, PhotoTrace, RecordTrace, duty_traces, photo_traces, record_traces
from .options import Desk, Option, desk
from .orphans import Orphans, orphans
from .photos import photo, photos_of
from .records import (
    clock_of,
    contact,
    contact_by_client,
    contacts,
    contacts_of,
    measure_of,
    outcomes_of,
    recorded_as,
    sentence,
    with_rules,
)
from .rows import STATES, DutyRow, find, in_state, listing, open_of, shown, standing_of, urgent_of
from .tasks import TaskRecord, TaskRow, task_records, task_rows, times_voided
from .totals import tally_faults
from .unsettled import Owed, owed, owed_before, settled
from .year import strips

__all__ = [
    "STATES",
    "Desk",
    "DutyRow",
    "DutyTrace",
    "FirmDuties",
    "Option",
    "Orphans",
    "Owed",
    "PhotoTrace",
    "RecordTrace",
    "TaskRecord",
    "TaskRow",
    "Trail",
    "clock_of",
    "contact",
    "contact_by_client",
    "contacts",
    "contacts_of",
    "desk",
    "duty_traces",
    "find",
    "firm_duties",
    "held_open",
    "held_rows",
    "in_state",
    "last_contacts",
    "listing",
    "measure_of",
    "moved_at",
    "open_of",
    "orphans",
    "outcomes_of",
    "owed",
    "owed_before",
    "photo",
    "photo_traces",
    "photos_of",
    "record_traces",
    "recorded_as",
    "recorded_since",
    "sentence",
    "settled",
    "shown",
    "site_contacts",
    "site_visits",
    "standing_of",
    "strips",
    "tally_faults",
    "task_records",
    "task_rows",
    "times_voided",
    "trail",
    "urgent_of",
    "visit_notices",
    "visited_too_often",
    "with_rules",
]
