"""A channel under the test's control, and a person with a proved address on it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, time

import pytest

from anwang.adapters import channels
from anwang.adapters.holidays import packaged_workdays
from anwang.domain.calendar import PeriodKind
from anwang.domain.reminders.rules import QuietRule, ReminderRule, SendingRule
from anwang.features.notices import actions
from anwang.features.notices.models import Address


class Wire:
    """Keeps what is sent; `faults` are raised first, one a message; `shut` is raised at opening."""

    code, label = "wire", "电报"

    def __init__(self):
        self.sent, self.faults, self.shut = [], [], None

    def ready(self):
        return True

    def address(self, text):
        return text

    @contextmanager
    def open(self):
        if self.shut:
            raise self.shut
        yield self.send

    def send(self, outgoing):
        if self.faults and (fault := self.faults.pop(0)):
            raise fault
        self.sent.append(outgoing)


@pytest.fixture
def wire(monkeypatch):
    found = Wire()
    monkeypatch.setattr(channels, "_channels", {"wire": found})
    return found


@pytest.fixture
def rule():
    return ReminderRule(
        clause="三.3",
        digest_at=time(8),
        lead_days={PeriodKind.HALF_MONTH: 3},
        task_days=3,
        most_lines=20,
        immediate=(),
        quiet=QuietRule(time(20), time(8), True, (), ("returned",)),
        sending=SendingRule(per_person_day=3, per_minute=100, tries=3, first_wait=2, longest_wait=10, keep_days=180),
        valid_from=date(2020, 3, 5),
    )


@pytest.fixture
def reachable(cast, now):
    """The village cadre is reached by wire."""
    return Address.objects.create(
        person=cast.village_cadre.person, channel="wire", value="示例地址", verified_at=now, created_at=now
    )


@pytest.fixture
def tell(cast, now):
    """Queue a message for the village cadre."""

    def queue(key="k", **more):
        what = {"kind": "test", "title": "有一件事", "now": now, "to": cast.village_cadre.person.id, **more}
        return actions.enqueue(by=cast.system, key=key, **what)

    return queue


@pytest.fixture
def deliver(cast, now, rule):
    def run(at=now, **more):
        return actions.deliver_due(by=cast.system, now=at, rule=rule, workdays=packaged_workdays(), **more)

    return run
