"""How often enterprises were visited, all levels together (四.4). A visit is a day on which somebody was there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from anwang.domain.base import Actor
from anwang.domain.calendar import Period, PeriodKind
from anwang.domain.duties.disturbance import SiteVisit, disturbances
from anwang.features.grid.queries import within_facts
from anwang.features.policies import queries as policies

from ..models import Contact
from .records import sentence

#: Records of somebody who was there.
AT_SITE = Q(on_site=True, void_at__isnull=True)


def site_contacts(*, by: Actor) -> QuerySet[Contact]:
    """Records of visits inside the territory, the newest first, with who came and what was done."""
    rows = within_facts(Contact.objects.filter(AT_SITE), by).select_related("person", "post", "enterprise")
    return rows.prefetch_related("fulfilments").order_by("-occurred_on", "-id")


def site_visits(enterprises: Iterable[int], first: date, last: date) -> dict[int, list[SiteVisit]]:
    """Who was at each enterprise on the days `first` to `last`, both included; one query."""
    rows = Contact.objects.filter(AT_SITE, enterprise_id__in=list(enterprises), occurred_on__range=(first, last))
    found: dict[int, list[SiteVisit]] = {}
    for firm, day, person in rows.values_list("enterprise_id", "occurred_on", "person_id"):
        found.setdefault(firm, []).append(SiteVisit(day, person))
    return found


def visit_notices(row: Contact) -> tuple[str, ...]:
    """What a visit's record should be told: caps passed, a quiet day; nothing for a call. One query."""
    if not row.on_site or row.void_at:
        return ()
    month = Period.containing(PeriodKind.MONTH, row.occurred_on)
    visits = site_visits([row.enterprise_id], month.first, month.end - timedelta(days=1)).get(row.enterprise_id, [])
    rules = policies.current().visits(row.occurred_on)
    said = disturbances(
        visits, row.occurred_on, per_day=rules.per_day, per_month=rules.per_month,
        quiet=rules.is_quiet(row.occurred_on),
    )  # fmt: skip
    return tuple(sentence(reason) for reason in said)


def visited_too_often(*, by: Actor, first: date, last: date, cap: int) -> QuerySet[Any, Any]:
    """Enterprises of the territory with more visits than `cap` on the days `first` to `last`, the most first.

    Rows: enterprise_id, enterprise__name, enterprise__grade, days, people, records.
    """
    rows = within_facts(Contact.objects.filter(AT_SITE, occurred_on__range=(first, last)), by)
    grouped = rows.order_by().values("enterprise_id", "enterprise__name", "enterprise__grade")
    counted = grouped.annotate(
        days=Count("occurred_on", distinct=True), people=Count("person", distinct=True), records=Count("id")
    )
    return counted.filter(days__gt=cap).order_by("-days", "-records", "enterprise_id")
