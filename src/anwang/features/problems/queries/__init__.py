"""Reading problems: what one may see, the boards, one problem with its trace, what the first page shows."""

from .ages import ages
from .boards import SCOPES, Filters, Line, ageing, board, counts_of, line, lines, standing_rows
from .mine import open_major, overdue_rows, waiting_rows
from .one import departments, events_of, files_of, referrals_of, request_of, similar
from .visible import case_of, find, find_file, problems_for, rule_of

__all__ = [
    "SCOPES",
    "Filters",
    "Line",
    "ageing",
    "ages",
    "board",
    "case_of",
    "counts_of",
    "departments",
    "events_of",
    "files_of",
    "find",
    "find_file",
    "line",
    "lines",
    "open_major",
    "overdue_rows",
    "problems_for",
    "referrals_of",
    "request_of",
    "rule_of",
    "similar",
    "standing_rows",
    "waiting_rows",
]
