"""The enterprise moves, stops or closes: its duties move exactly once, with a trace, or are waived."""

from collections import Counter
from datetime import timedelta

import pytest

from anwang.features.assignments.actions import reassign, settle
from anwang.features.assignments.models import Assignment
from anwang.features.duties.actions.handover import settle_changes
from anwang.features.duties.models import Obligation, Transfer
from anwang.features.duties.queries import orphans
from anwang.features.duties.queries.checks import verify
from anwang.features.enterprises.actions import move, set_status

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
#: Another village of the township, another township, and what county and township its duties count for then.
PLACES = [(371302101202, 371302101), (371302102201, 371302102)]


@pytest.mark.parametrize(("place", "township"), PLACES)
def test_an_enterprise_that_moves_gets_a_new_lead_and_its_duties_follow_once(opened, now, today, place, township):
    firm, by = opened.enterprise, opened.county_leader
    held = set(Obligation.objects.filter(enterprise=firm, due__gte=today).values_list("id", flat=True))
    move(by=by.actor, now=now, enterprise_id=firm.id, place=place, on=today, reason="搬迁")
    assert settle(by=opened.system, now=now)["orphans"] == 1
    settle_changes(by=opened.system, now=now)
    assert orphans(by.actor.territory.ranges, on=today).named == [(firm.id, firm.name)]
    assert not Transfer.objects.exists()
    reassign(by=by.actor, now=now, enterprise_id=firm.id, post_id=by.post.id, reason="搬迁", replaces=None)
    for days in range(3):
        settle_changes(by=opened.system, now=now + timedelta(days=days))
    assert Counter(Transfer.objects.values_list("obligation_id", flat=True)) == Counter(held)
    rows = Obligation.objects.filter(id__in=held)
    assert set(rows.values_list("township", "person_id")) == {(township, by.person.id)}
    assert verify(on=today)["sums"] == []
    assert verify(on=today)["orphans"] == []


@pytest.mark.parametrize("status", ["closed", "suspended"])
def test_an_enterprise_that_stops_owes_nothing_more(opened, now, today, status):
    set_status(
        by=opened.county_leader.actor,
        now=now,
        enterprise_id=opened.enterprise.id,
        status=status,
        on=today,
        reason="停产",
    )
    settle(by=opened.system, now=now)
    settle_changes(by=opened.system, now=now)
    rows = Obligation.objects.filter(enterprise=opened.enterprise, due__gte=today)
    assert not rows.filter(waived_at=None, done_at=None).exists()
    lead = Assignment.objects.get(enterprise=opened.enterprise)
    assert (lead.valid_to is None) == (status == "suspended")
    assert verify(on=today)["orphans"] == []
