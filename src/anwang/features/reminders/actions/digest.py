"""The morning digest and what is told at once: each window of time is spoken for once, by compare-and-set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from anwang.domain.base import Actor
from anwang.domain.calendar import local_day
from anwang.domain.reminders.digest import Window, is_digest_time
from anwang.features.audit import actions as audit
from anwang.features.notices import actions as notices
from anwang.features.notices.actions import Draft

from ..models import Clock
from ..queries.digests import Digest, alarms, digests
from ..queries.rules import last_at, rule_on, workdays

DIGEST, ALARM = "digest", "overdue_major"


@dataclass(frozen=True, slots=True)
class Told:
    """How many people were told; `due` False when it was not time. `assumed`: the year's holidays are not known and
    Monday to Friday was taken for worked."""

    due: bool
    people: int = 0
    assumed: bool = False


def send_digest(*, by: Actor, now: datetime) -> Told:
    """Queue the digest of this morning, one message a person who has something new; once a workday, late if need be."""
    rule, last = rule_on(local_day(now)), last_at(DIGEST)
    assumed = not workdays().known(local_day(now).year)
    if not is_digest_time(rule, now, last, workdays()):
        return Told(False, assumed=assumed)
    # Read and put into words before anything is written: other writers wait for seconds, not for the whole reading.
    drafts = list(_drafts(DIGEST, digests(window=Window(last, now)), now))
    with transaction.atomic():
        if not _claim(DIGEST, last, now):
            return Told(False, assumed=assumed)
        people = notices.enqueue_many(by=by, now=now, drafts=drafts)
        audit.record(by=by, now=now, action="reminders.digest", people=people, assumed=assumed)
    return Told(True, people, assumed)


def send_alarms(*, by: Actor, now: datetime) -> Told:
    """Queue what is told at once: duties that have become overdue where the risk is major. One message a person."""
    last = last_at(ALARM)
    drafts = list(_drafts(ALARM, alarms(window=Window(last, now)), now, urgent=True))
    with transaction.atomic():
        if not _claim(ALARM, last, now):
            return Told(False)
        people = notices.enqueue_many(by=by, now=now, drafts=drafts)
        if people:
            audit.record(by=by, now=now, action="reminders.alarm", people=people)
    return Told(True, people)


def _claim(name: str, last: datetime | None, now: datetime) -> bool:
    """Move the clock from `last` to `now`; False when somebody else has moved it, or it stands later."""
    Clock.objects.get_or_create(name=name)
    return (last is None or last < now) and bool(Clock.objects.filter(name=name, last_at=last).update(last_at=now))


def _drafts(kind: str, found: Iterable[Digest], now: datetime, *, urgent: bool = False) -> Iterator[Draft]:
    """One message a person. The digest's key holds the day: whatever the clock says, there is no second one on it."""
    mark = local_day(now).isoformat() if kind == DIGEST else now.isoformat(timespec="seconds")
    for each in found:
        words = each.words
        link = reverse("duty_home" if any(said.firm for said in each.items) else "task_mine")
        yield Draft(each.person, kind, f"{kind}:{each.person}:{mark}", words.title, words.body, link, urgent)
