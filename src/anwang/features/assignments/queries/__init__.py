"""Reading who is bound to which enterprise, the plans that say so, and the papers that bind."""

from .bare import bare_enterprises, idle_posts
from .bonds import Bond, PaperTrace, bonds
from .coverage import Coverage, CoverLine, bare_lines, coverage, coverage_facts, idle_lines
from .eligible import Candidate, Sharing, Suggestion, eligible_posts, loads_of, shared_out, suggestions
from .lists import open_letters, paper_ids
from .papers import Asked
from .plans import plan_facts, plan_for, plans
from .published import (
    PublicSheet,
    bound_with_papers,
    public_counts,
    public_roster,
    public_sheet,
    public_sheets,
)
from .standing import (
    bound_people,
    deputies,
    is_bound,
    lead_spans,
    leads,
    leads_on,
    of_enterprise,
    of_person,
    papers_waiting,
    uncovered,
)

__all__ = [
    "Asked",
    "Bond",
    "Candidate",
    "CoverLine",
    "Coverage",
    "PaperTrace",
    "PublicSheet",
    "Sharing",
    "Suggestion",
    "bare_enterprises",
    "bare_lines",
    "bonds",
    "bound_people",
    "bound_with_papers",
    "coverage",
    "coverage_facts",
    "deputies",
    "eligible_posts",
    "idle_lines",
    "idle_posts",
    "is_bound",
    "lead_spans",
    "leads",
    "leads_on",
    "loads_of",
    "of_enterprise",
    "of_person",
    "open_letters",
    "paper_ids",
    "papers_waiting",
    "plan_facts",
    "plan_for",
    "plans",
    "public_counts",
    "public_roster",
    "public_sheet",
    "public_sheets",
    "shared_out",
    "suggestions",
    "uncovered",
]
