"""What the route sheet of a day says; telephones are masked: a sheet may be left lying."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import gettext

from anwang.adapters.crypto.fields import masked
from anwang.domain.documents.routes import RouteStop, route_sheet
from anwang.domain.documents.tree import Document
from anwang.domain.documents.wording import chinese_date
from anwang.features.enterprises import queries as enterprises

from .rows import VisitRow

WEEKDAYS = "一二三四五六日"


def route(name: str, unit: str, day: date, rows: Sequence[VisitRow], url: Callable[[VisitRow], str]) -> Document:
    """The sheet of a person and a day, in the order of the rows."""
    visits = [row for row in rows if row.on_site and row.open]
    cards = enterprises.cards([row.enterprise_id for row in visits]) if visits else {}
    stops = [
        RouteStop(
            row.enterprise, row.address, cards[row.enterprise_id].principal,
            masked(cards[row.enterprise_id].principal_phone), gettext(row.half_label),
            tuple(duty.words for duty in row.duties) or ((row.purpose,) if row.purpose else ()), url(row), row.members,
        )
        for row in visits
    ]  # fmt: skip
    calls = [row.enterprise for row in rows if not row.on_site and row.open]
    when = f"{chinese_date(day)}　星期{WEEKDAYS[day.weekday()]}"
    return route_sheet(supervisor=name, unit=unit, day=when, stops=stops, calls=calls)
