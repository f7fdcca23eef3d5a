"""Reading visits: proposals that are not kept, what is adopted, whether a day may be taken."""

from .checking import check_day, merge_proposals
from .plans import adoption, last_adoption, plans_of
from .proposing import Impossible, Proposal, Stop, Summary, older_missed, propose, propose_many, summarise
from .rows import (
    REMOTE,
    VisitRow,
    any_stand,
    find,
    in_unit,
    of_month,
    of_person,
    planned_days,
    routed,
    shown,
    upcoming,
    upcoming_of,
    visits_of,
    with_names,
    without_plan,
)
from .season import is_quiet, rules, usual_until
from .unit import CapLine, caps_passed, merge_lines, merges_of
from .wishes import wish, wishes_of

__all__ = [
    "REMOTE",
    "CapLine",
    "Impossible",
    "Proposal",
    "Stop",
    "Summary",
    "VisitRow",
    "adoption",
    "any_stand",
    "caps_passed",
    "check_day",
    "find",
    "in_unit",
    "is_quiet",
    "last_adoption",
    "merge_lines",
    "merge_proposals",
    "merges_of",
    "of_month",
    "of_person",
    "older_missed",
    "planned_days",
    "plans_of",
    "propose",
    "propose_many",
    "routed",
    "rules",
    "shown",
    "summarise",
    "upcoming",
    "upcoming_of",
    "usual_until",
    "visits_of",
    "wish",
    "wishes_of",
    "with_names",
    "without_plan",
]
