"""Which enterprise a paper's code or a public key names: the notice sheet's QR, the unified social credit code."""

from __future__ import annotations

import re
from typing import Any

from anwang.domain.base import SYSTEM
from anwang.features.assignments.queries.standing import enterprise_of_paper
from anwang.features.documents import queries as documents
from anwang.features.enterprises import queries as enterprises


def enterprise_at(key: str) -> Any | None:
    """The enterprise of the 16 signs of a letter or notice sheet, or of an 18-digit credit code."""
    key = re.sub(r"[\s-]", "", key[:40]).upper()
    if len(key) == 18:
        return next(iter(enterprises.named(by=SYSTEM, codes=[key], names=[])), None)
    paper = documents.by_token(key) if len(key) == 16 else None
    found = enterprise_of_paper(paper.target) if paper and paper.kind in ("posting", "commitment") else None
    return enterprises.find(found, by=SYSTEM) if found else None
