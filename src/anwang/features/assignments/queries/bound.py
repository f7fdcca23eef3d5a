"""Who led enterprises on a day, with the dates of their papers: the columns of the notice's lists (三.1, 附件5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from anwang.features.grid.queries import on_day, post_titles

from ..models import Assignment, Commitment, Part, Posting


@dataclass(frozen=True, slots=True)
class Bound:
    """The lead of an enterprise on a day; the phone in clear. `unit` is the code of the unit served."""

    enterprise: int
    person: int
    name: str
    phone: str
    office_phone: str
    level: str
    unit: int
    organisation: str
    title: str
    signed_on: date | None
    posted_on: date | None


_COLUMNS = (
    "id", "enterprise_id", "person_id", "person__name", "person__phone", "person__office_phone", "level", "post__unit",
    "post__organisation", "post__title", "post_id",
)  # fmt: skip


def bound_on(day: date, ids: Iterable[int] | QuerySet) -> dict[int, Bound]:
    """By enterprise. A query of keys is answered by three queries. The caller has checked the territory."""
    leads = Assignment.objects.filter(on_day(day), part=Part.LEAD)
    if isinstance(ids, QuerySet):
        return _read(leads.filter(enterprise_id__in=ids))
    wanted = list(ids)
    found: dict[int, Bound] = {}
    for start in range(0, len(wanted), 800):
        found |= _read(leads.filter(enterprise_id__in=wanted[start : start + 800]))
    return found


def _read(leads: QuerySet[Assignment]) -> dict[int, Bound]:
    signed = _dates(Commitment, leads, "signed_on")
    posted = _dates(Posting, leads, "posted_on")
    rows = list(leads.values_list(*_COLUMNS).iterator(chunk_size=5000))
    # A post without a title of its own is called by its kind.
    called = post_titles({row[-1] for row in rows if not row[-2]})
    return {
        firm: Bound(
            firm, person, name, phone, office, level, unit, organisation, title or called[post],
            signed.get(key), posted.get(key),
        )
        for key, firm, person, name, phone, office, level, unit, organisation, title, post in rows
    }  # fmt: skip


def _dates(model: type[Commitment] | type[Posting], leads: QuerySet[Assignment], column: str) -> dict[int, date | None]:
    rows = model._default_manager.filter(assignment_id__in=leads.values("id"), void_at__isnull=True)
    return dict(rows.exclude(**{column: None}).values_list("assignment_id", column).iterator(chunk_size=5000))
