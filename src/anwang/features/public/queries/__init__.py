"""Reading what is published, and the rules of disclosure."""

from .publications import EDITION, edition, of_unit, one_for, published_already, shown, shown_one
from .rosters import roster, roster_rows, roster_unit, rosters_below
from .rules import rules

__all__ = [
    "EDITION",
    "edition",
    "of_unit",
    "one_for",
    "published_already",
    "roster",
    "roster_rows",
    "roster_unit",
    "rosters_below",
    "rules",
    "shown",
    "shown_one",
]
