"""The rules of disclosure in force."""

from __future__ import annotations

from datetime import date

from anwang.domain.documents.disclosure import DisclosureRules
from anwang.features.policies import queries as policies


def rules(on: date) -> DisclosureRules:
    """What the public pages show on a day."""
    return policies.current().disclosure(on)
