"""Reading problems: what one may see, the boards, one problem with its trace, what the first page shows."""

from .ages import ages
from .boards import (
    SCOPES,
    Filters,
    Line,
    ageing,
    board,
    counts_of,
    facts_of,
    keys_of,
    line,
    lines,
    shown,
    standing_rows,
)
from .kinds import KINDS
from .looking_back import Happening, ProblemTrace, evidence, followed, problem_traces
from .mine import first_page, overdue_rows, tracked_rows, waiting_rows
from .one import alike, departments, events_of, files_of, referrals_of, request_of, similar
from .visible import case_of, find, find_file, problems_for, rule_of

__all__ = [
    "KINDS",
    "SCOPES",
    "Filters",
    "Happening",
    "Line",
    "ProblemTrace",
    "ageing",
    "ages",
    "alike",
    "board",
    "case_of",
    "counts_of",
    "departments",
    "events_of",
    "evidence",
    "facts_of",
    "files_of",
    "find",
    "find_file",
    "first_page",
    "followed",
    "keys_of",
    "line",
    "lines",
    "overdue_rows",
    "problem_traces",
    "problems_for",
    "referrals_of",
    "request_of",
    "rule_of",
    "shown",
    "similar",
    "standing_rows",
    "tracked_rows",
    "waiting_rows",
]
