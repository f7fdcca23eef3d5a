"""Who led enterprises on a day, with the dates of their papers: the columns of the notice's lists (三.1, 附件5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from anwang.features.grid.queries import on_day

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


def bound_on(day: date, ids: Iterable[int]) -> dict[int, Bound]:
    """By enterprise. The caller has checked the territory."""
    wanted = list(ids)
    found: dict[int, Bound] = {}
    for start in range(0, len(wanted), 800):
        rows = Assignment.objects.filter(on_day(day), part=Part.LEAD, enterprise_id__in=wanted[start : start + 800])
        listed = list(rows.select_related("person", "post"))
        keys = [row.id for row in listed]
        signed = _dates(Commitment, keys, "signed_on")
        posted = _dates(Posting, keys, "posted_on")
        for row in listed:
            who, post = row.person, row.post
            found[row.enterprise_id] = Bound(
                row.enterprise_id, who.id, who.name, who.phone, who.office_phone, row.level, post.unit,
                post.organisation, post.label, signed.get(row.id), posted.get(row.id),
            )  # fmt: skip
    return found


def _dates(model: type[Commitment] | type[Posting], keys: list[int], column: str) -> dict[int, date | None]:
    rows = model._default_manager.filter(assignment_id__in=keys, void_at__isnull=True)
    return dict(rows.values_list("assignment_id", column))
