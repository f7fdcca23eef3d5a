"""Notice sheets as the public sees them (三.2 长期公示): by the code on the sheet, by the enterprise's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Length

from anwang.domain.documents.notices import NoticeSheet
from anwang.features.grid.queries import facts_of, on_day

from ..models import Assignment, Posting
from .texts import sheet_on

_RELATED = ("document", "assignment__enterprise", "assignment__person", "assignment__post")


@dataclass(frozen=True, slots=True)
class PublicSheet:
    """A sheet by its code. `text` is None unless it is in force, hangs and the enterprise operates.

    `current` is the code of the sheet that stands in its place; `phone` the supervisor's own telephone.
    """

    enterprise: str
    state: str
    text: NoticeSheet | None = None
    phone: str = ""
    current: str = ""


def _in_force(on: date) -> QuerySet[Posting]:
    """Sheets that hang at operating enterprises, of whoever is responsible on a day."""
    rows = Posting.objects.filter(
        Q(assignment__valid_to__isnull=True) | Q(assignment__valid_to__gt=on),
        void_at__isnull=True, confirmed_at__isnull=False, assignment__valid_from__lte=on,
        assignment__enterprise__status="operating",
    )  # fmt: skip
    return rows.select_related(*_RELATED)


def public_sheet(token: str, *, on: date) -> PublicSheet | None:
    """The sheet that a code names, as it reads on a day; None when no sheet ever had it."""
    row = Posting.objects.filter(document__token=token.upper()).select_related(*_RELATED).first()
    if row is None:
        return None
    enterprise = row.assignment.enterprise
    hanging = _in_force(on).filter(id=row.id).exists()
    if not hanging:
        other = _in_force(on).filter(assignment__enterprise=enterprise).first()
        return PublicSheet(enterprise.name, _state(row), current=other.document.token if other else "")
    return PublicSheet(enterprise.name, "valid", sheet_on(row, on=on), phone=row.assignment.person.phone)


def _state(row: Any) -> str:
    """Why a sheet is not shown: replaced or revoked, not hung yet, the enterprise does not operate."""
    if row.void_at is not None:
        return "void"
    return "waiting" if row.confirmed_at is None else "ended"


def public_sheets(name: str, *, on: date, limit: int, skip: int = 0) -> tuple[list[Posting], bool]:
    """`limit` sheets after the first `skip` of enterprises whose name has all these words, the shortest names first;
    whether there are more."""
    rows = _in_force(on)
    for word in name.split()[:3]:
        rows = rows.filter(assignment__enterprise__name__icontains=word)
    rows = rows.order_by(Length("assignment__enterprise__name"), "assignment__enterprise__name", "id")
    found = list(rows[skip : skip + limit + 1])
    return found[:limit], len(found) > limit


def public_roster(township: int, *, on: date) -> QuerySet[Posting]:
    """Sheets that hang in a township, by village and name: who supervises whom, and no telephone is read."""
    rows = _in_force(on).filter(assignment__enterprise__township=facts_of(township)[1])
    rows = rows.defer(*(f"assignment__person__{name}" for name in ("phone", "office_phone")))
    return rows.order_by("assignment__enterprise__place", "assignment__enterprise__name", "id")


def public_counts(unit: int, *, on: date) -> dict[int, int]:
    """Sheets that hang in each unit below the city or a county: {12-digit code: how many}; one query."""
    county = facts_of(unit)[0]
    rows, name, size = _in_force(on), "assignment__enterprise__county", 10**6
    if county % 100:
        rows = rows.filter(assignment__enterprise__county=county)
        name, size = "assignment__enterprise__township", 10**3
    found = rows.order_by().values_list(name).annotate(count=Count("id"))
    return {key * size: count for key, count in found if key}


def bound_with_papers(enterprise_id: int, *, on: date) -> list[Any]:
    """Who is bound to an enterprise on a day, the lead first, each with `letter_id`, `signed_on`, `sheet_id`,
    `posted_on` of the papers in force; one query."""
    letter = FilteredRelation("commitments", condition=Q(commitments__void_at__isnull=True))
    sheet = FilteredRelation("postings", condition=Q(postings__void_at__isnull=True))
    rows = Assignment.objects.filter(on_day(on), enterprise_id=enterprise_id).select_related("person", "post")
    rows = rows.annotate(letter=letter, sheet=sheet).annotate(
        letter_id=F("letter__id"), signed_on=F("letter__signed_on"), sheet_id=F("sheet__id"),
        posted_on=F("sheet__posted_on"),
    )  # fmt: skip
    return list(rows.order_by("-part", "id"))
