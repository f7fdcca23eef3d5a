"""What may be done with enterprises: rosters imported, facts kept true, risk graded, all of it undone for a day."""

from .bulk import add_standard_point, confirm_places, set_evaluated, set_industry, set_managing, set_place
from .importing import (
    apply_import,
    discard_import,
    import_roster,
    map_columns,
    note_export,
    purge,
    read_import,
    receive,
)
from .moving import move_units
from .registering import EnterpriseData, correct, move, register, set_status, unmask_phones
from .risk import add_point, change_point, end_override, grade_all, override_grade, remove_point
from .undoing import Undone, may_undo, undo

__all__ = [
    "EnterpriseData",
    "Undone",
    "add_point",
    "add_standard_point",
    "apply_import",
    "change_point",
    "confirm_places",
    "correct",
    "discard_import",
    "end_override",
    "grade_all",
    "import_roster",
    "map_columns",
    "may_undo",
    "move",
    "move_units",
    "note_export",
    "override_grade",
    "purge",
    "read_import",
    "receive",
    "register",
    "remove_point",
    "set_evaluated",
    "set_industry",
    "set_managing",
    "set_place",
    "set_status",
    "undo",
    "unmask_phones",
]
