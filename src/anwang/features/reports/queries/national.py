"""Where a report may go beside this office: the national line, as the policy has it (三.4)."""

from __future__ import annotations

from datetime import date

from anwang.features.policies import queries as policies


def national_line(day: date) -> str:
    """The telephone number of the national channel."""
    return policies.current().disclosure(day).national_line
