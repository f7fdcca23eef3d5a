"""Obligations of the village cadre, and the hours at which the scheduler runs."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from anwang.domain.calendar import SHANGHAI, Period, PeriodKind
from anwang.features.duties.models import Obligation
from anwang.features.reminders import actions


def at(text):
    """An instant in Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.fixture
def owe(cast):
    """An open obligation of the cadre: `kind` of period, last day, and when it was opened."""

    def make(due, kind=PeriodKind.HALF_MONTH, rule="N7.2", who="village_cadre", opened="2026-01-01 00:00", **more):
        due = date.fromisoformat(due)
        period = Period.containing(kind, due)
        member, firm = getattr(cast, who), more.pop("firm", cast.enterprise)
        return Obligation.objects.create(
            enterprise=firm,
            rule=rule,
            period=period.key,
            county=firm.county,
            township=firm.township,
            person=member.person,
            post=member.post,
            level="village",
            start=more.pop("start", period.first),
            due=due,
            miss=due + timedelta(days=6),
            policy_version="x",
            opened_at=at(opened),
            **more,
        )

    return make


@pytest.fixture
def digest(cast):
    def run(text):
        return actions.send_digest(by=cast.system, now=at(text))

    return run


@pytest.fixture
def alarm(cast):
    def run(text):
        return actions.send_alarms(by=cast.system, now=at(text))

    return run


@pytest.fixture
def hand(cast):
    """A task in the cadre's hand, from the county leader."""
    from anwang.features.dispatch.models import Receipt, Task

    def make(due, arrived="2026-11-01 09:00", title="汛期安全提醒", **more):
        leader, cadre, firm = cast.county_leader, cast.village_cadre, cast.enterprise
        place = {"county": firm.county, "township": firm.township}
        day = date.fromisoformat(due)
        task = Task.objects.create(
            title=title,
            requirement="逐户提醒",
            unit=leader.post.unit,
            unit_name="兰山区",
            level="county",
            person=leader.person,
            by="示例县长",
            due=day,
            given_due=day,
            created_at=at(arrived),
            issued_at=at(arrived),
            policy_version="x",
            **place,
        )
        return Receipt.objects.create(
            task=task,
            person=cadre.person,
            post=cadre.post,
            unit=cadre.post.unit,
            level="village",
            from_person=leader.person,
            from_unit=leader.post.unit,
            from_name="示例县长",
            arrived_at=at(arrived),
            due=day,
            keep_until=day,
            **place,
            **more,
        )

    return make
