"""Numbers and tokens of documents that leave the system."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence as Rows
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor

from .models import DocumentState, IssuedDocument, Sequence


@dataclass(frozen=True, slots=True)
class Issue:
    """One document to issue. `facts` is what the public verification page may show."""

    target: str
    title: str
    unit: int
    facts: dict[str, Any] = field(default_factory=dict)


def _new_token() -> str:
    """80 random bits in 16 letters of base32."""
    return base64.b32encode(secrets.token_bytes(10)).decode()


@transaction.atomic
def _take_numbers(*, kind: str, year: int, count: int, unit: int = 0) -> range:
    """Reserve `count` running numbers of a kind and year; never given twice."""
    Sequence.objects.get_or_create(kind=kind, year=year, unit=unit)
    row = Sequence.objects.select_for_update().get(kind=kind, year=year, unit=unit)
    Sequence.objects.filter(id=row.id).update(last=row.last + count)
    return range(row.last + 1, row.last + count + 1)


@transaction.atomic
def issue(
    *, by: Actor, now: datetime, kind: str, pattern: str, rows: Rows[Issue], is_public: bool = False
) -> list[IssuedDocument]:
    """Issue documents of one kind. `pattern` has {year} and {number}, e.g. 临应急承〔{year}〕{number}号."""
    year = now.year
    numbers = _take_numbers(kind=kind, year=year, count=len(rows))
    made = [
        IssuedDocument(
            kind=kind,
            number=pattern.format(year=year, number=number),
            token=_new_token(),
            title=row.title,
            target=row.target,
            unit=row.unit,
            is_public=is_public,
            facts=row.facts,
            issued_at=now,
            issued_by=by.name,
        )
        for number, row in zip(numbers, rows, strict=True)
    ]
    return IssuedDocument.objects.bulk_create(made, batch_size=2000)


def revoke(*, by: Actor, now: datetime, ids: Rows[int], state: str = DocumentState.REVOKED) -> int:
    """Mark documents as no longer valid; their verification page says so. Returns how many."""
    return IssuedDocument.objects.filter(id__in=ids, state=DocumentState.VALID).update(state=state)


def reinstate(*, by: Actor, now: datetime, ids: Rows[int]) -> int:
    """Undo `revoke` of documents whose revoking was taken back. Returns how many."""
    withdrawn = (DocumentState.REVOKED, DocumentState.REPLACED)
    return IssuedDocument.objects.filter(id__in=ids, state__in=withdrawn).update(state=DocumentState.VALID)
