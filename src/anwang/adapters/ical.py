"""Calendars in iCalendar form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import icalendar

ZONE = "Asia/Shanghai"
MAKER = "-//anwang//calendar//ZH"


@dataclass(frozen=True, slots=True)
class Event:
    """A day, or a time of one, in a calendar. `uid` stays the same when the event changes; `stamp`: when it did."""

    uid: str
    day: date
    title: str
    text: str
    stamp: datetime
    link: str = ""
    begins: datetime | None = None
    ends: datetime | None = None


@cache
def _zone() -> icalendar.Timezone:
    """China has had one time without summer time since 1991; the zone's history is of no use to a calendar of today."""
    return icalendar.Timezone.from_tzid(ZONE, first_date=date(2020, 1, 1), last_date=date(2038, 1, 1))


def calendar(events: Iterable[Event], *, name: str) -> bytes:
    """A calendar file; the same events give the same bytes."""
    made = icalendar.Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", ZONE)
    made.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    made.add_component(_zone())
    for each in events:
        made.add_component(_event(each))
    return made.to_ical()


def _event(each: Event) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", each.uid)
    event.add("dtstamp", each.stamp)
    event.add("summary", each.title)
    event.add("dtstart", each.begins or each.day)
    event.add("dtend", each.ends or each.day + timedelta(days=1))
    event.add("transp", "OPAQUE" if each.begins else "TRANSPARENT")
    if each.text:
        event.add("description", each.text)
    if each.link:
        event.add("url", each.link)
    return event
