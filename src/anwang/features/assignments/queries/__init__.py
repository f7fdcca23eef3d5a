"""Reading who is bound to which enterprise, the plans that say so, and the papers that bind."""

from .plans import plan_facts, plan_for, plans
from .standing import (
    is_bound,
    lead_spans,
    leads,
    leads_on,
    media_paths,
    of_enterprise,
    of_person,
    papers_waiting,
    spans_of,
    uncovered,
    uncovered_names,
)

__all__ = [
    "is_bound",
    "lead_spans",
    "leads",
    "leads_on",
    "media_paths",
    "of_enterprise",
    "of_person",
    "papers_waiting",
    "plan_facts",
    "plan_for",
    "plans",
    "spans_of",
    "uncovered",
    "uncovered_names",
]
