"""A person's calendar: the last days of what they owe, as events of whole days."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from anwang.adapters.ical import Event, calendar
from anwang.domain.base import Actor
from anwang.domain.calendar import day_begins, local_day
from anwang.features.accounts import queries as accounts
from anwang.features.dispatch.queries.reminding import tasks_between
from anwang.features.duties.queries.reminding import Remindable, due_between
from anwang.features.grid import queries as grid
from anwang.features.visits import queries as visits

from ..models import CalendarFeed
from .words import short

BEHIND, AHEAD = timedelta(days=30), timedelta(days=120)
NAMED, VISITS = 20, 100


def digest_of(token: str) -> str:
    """What is kept of a secret of 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_of(actor: Actor) -> CalendarFeed | None:
    """One's own calendar address, without its secret."""
    return CalendarFeed.objects.filter(person_id=actor.person_id or 0).first()


def person_of(token: str, *, now: datetime) -> int | None:
    """The person whose calendar a secret opens; None for a wrong one and for a person whose last post has ended."""
    found = CalendarFeed.objects.filter(digest=digest_of(token)).values_list("person_id", flat=True).first()
    if found is None or not grid.units_of_people([found], on=local_day(now)):
        return None
    return int(found)


def calendar_of(person: int, *, now: datetime) -> bytes:
    """Thirty days back to a hundred and twenty ahead, in the person's language. A few queries."""
    language = accounts.languages_of([person]).get(person, "")
    with translation.override(language or "zh-hans"):
        events = [event for source in SOURCES for event in source(person, now)]
        return calendar(events, name=gettext("安网包保督导"))


def _duties(person: int, now: datetime) -> Iterable[Event]:
    """One event for a rule and a last day: forty enterprises are one line of a calendar, not forty."""
    today = local_day(now)
    rows = due_between(person=person, first=today - BEHIND, last=today + AHEAD)
    link = f"{settings.PUBLIC_URL}{reverse('duty_home')}"
    for (due, rule), group in groupby(rows, key=lambda row: (row.due, row.rule)):
        found = list(group)
        yield Event(
            uid=f"duty-{person}-{rule}-{due}@anwang", day=due, title=_title(found), text=_firms(found),
            stamp=max(row.known_at for row in found), link=link,
        )  # fmt: skip


def _title(rows: list[Remindable]) -> str:
    duty = gettext(short(rows[0].rule, rows[0].start))
    if len(rows) == 1:
        return gettext("%(duty)s截止：%(firm)s") % {"duty": duty, "firm": rows[0].name}
    return gettext("%(duty)s截止：%(n)s 家企业") % {"duty": duty, "n": len(rows)}


def _firms(rows: list[Remindable]) -> str:
    names = [row.name for row in rows[:NAMED]]
    more = [gettext("另有 %(n)s 家") % {"n": len(rows) - NAMED}] if len(rows) > NAMED else []
    return "\n".join(names + more) if len(rows) > 1 else ""


def _tasks(person: int, now: datetime) -> Iterable[Event]:
    today = local_day(now)
    for row in tasks_between(person=person, first=today - BEHIND, last=today + AHEAD):
        title = gettext("任务截止：%(task)s") % {"task": row.title}
        yield Event(
            uid=f"task-{row.id}@anwang", day=row.due, title=title, text="",
            stamp=row.arrived_at, link=f"{settings.PUBLIC_URL}{reverse('task_receipt', args=[row.id])}",
        )  # fmt: skip


def _visits(person: int, now: datetime) -> Iterable[Event]:
    """Visits that the enterprise has been told of; calls on one's own list are no appointments."""
    today = local_day(now)
    for row in visits.upcoming(person, today=today, until=today + AHEAD, limit=VISITS):
        if row.on_site and row.state == "announced":
            title = gettext("督导服务：%(firm)s") % {"firm": row.enterprise}
            yield Event(
                uid=f"visit-{row.id}@anwang", day=row.day, title=title,
                text=row.half_label if row.half else "", stamp=day_begins(min(today, row.day)),
                link=f"{settings.PUBLIC_URL}{reverse('visit_detail', args=[row.id])}",
            )  # fmt: skip


#: What makes events: (person, now) → events. Features above duties add theirs here.
SOURCES: list[Callable[[int, datetime], Iterable[Event]]] = [_duties, _tasks, _visits]
