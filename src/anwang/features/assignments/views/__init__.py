"""Pages of the assignments: plans, coverage, papers, who is bound to an enterprise."""

from .coverage import coverage, coverage_names
from .history import assignment_change, assignment_history
from .papers import batch, commitment, commitment_list, file, papers_file, posting, posting_list
from .plans import adopt, listing, pair, pair_end, plan, propose, resolve, undo
from .signing import confirm, photo, record_paper, record_papers, sign, withdraw, withdraw_paper

__all__ = [
    "adopt",
    "assignment_change",
    "assignment_history",
    "batch",
    "commitment",
    "commitment_list",
    "confirm",
    "coverage",
    "coverage_names",
    "file",
    "listing",
    "pair",
    "pair_end",
    "papers_file",
    "photo",
    "plan",
    "posting",
    "posting_list",
    "propose",
    "record_paper",
    "record_papers",
    "resolve",
    "sign",
    "undo",
    "withdraw",
    "withdraw_paper",
]
