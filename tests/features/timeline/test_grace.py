"""The grace of a successor is not stored: it follows from what is, so that looking back needs nothing else (二.2)."""

from datetime import date, timedelta

import pytest

from anwang.domain.calendar import local_day
from anwang.domain.duties.due import deadlines, miss_day, newcomer_due
from anwang.domain.duties.span import span_of
from anwang.features.duties.models import Obligation, Transfer
from anwang.features.policies import queries as policies
from anwang.features.timeline.actions import HandoverData, hand_over, undo

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def told_from_the_traces(row):
    """(last day, first day missed, grace) from the period, the policy and the days on which the duty changed hands."""
    rule = policies.current().duty_rule(row.rule, row.start)
    period = span_of(row.period, row.start, row.due)
    due = deadlines(rule, period, period.first).due
    for at in Transfer.objects.filter(obligation=row).order_by("at").values_list("at", flat=True):
        if local_day(at) <= period.last:
            due = newcomer_due(rule, due, local_day(at))
    return due, miss_day(rule, due), due > period.last


@pytest.mark.parametrize("days", [0, 4, 5, 6, 7])
def test_last_day_and_grace_follow_from_the_traces(opened, now, today, days):
    """The cadre goes some days before the end of November's second half, or after it: the period ends on the 30th."""
    later, on = now + timedelta(days=days), today + timedelta(days=days)
    choice = {opened.enterprise.id: opened.township_officer.post.id}
    data = HandoverData(opened.village_cadre.post.id, "rebalance", on, choice)
    hand_over(by=opened.county_leader.actor, now=later, data=data)
    moved = list(Obligation.objects.filter(transfers__isnull=False).distinct())
    assert moved
    for row in moved:
        due, miss, grace = told_from_the_traces(row)
        assert (row.due, row.miss) == (due, miss)
        assert grace == (row.due > span_of(row.period, row.start, row.due).last)
    graced = [row for row in moved if told_from_the_traces(row)[2]]
    assert bool(graced) == (days in (4, 5, 6))


def test_it_follows_after_a_hand_over_was_taken_back_too(opened, now, today):
    later, on = now + timedelta(days=6), date(2026, 11, 30)
    choice = {opened.enterprise.id: opened.township_officer.post.id}
    data = HandoverData(opened.village_cadre.post.id, "rebalance", on, choice)
    row = hand_over(by=opened.county_leader.actor, now=later, data=data)
    undo(by=opened.county_leader.actor, now=later + timedelta(hours=20), handover_id=row.id)
    for duty in Obligation.objects.filter(transfers__isnull=False).distinct():
        assert duty.transfers.count() == 2
        assert (duty.due, duty.miss) == told_from_the_traces(duty)[:2]
