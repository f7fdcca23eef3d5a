"""Pages of the duties."""

from .contacts import contact_detail, contact_duties, contact_list, contact_new, contact_undo, contact_void
from .lists import duty_home, duty_list
from .obligations import able, detail, unable, unwaive, waive

__all__ = [
    "able",
    "contact_detail",
    "contact_duties",
    "contact_list",
    "contact_new",
    "contact_undo",
    "contact_void",
    "detail",
    "duty_home",
    "duty_list",
    "unable",
    "unwaive",
    "waive",
]
