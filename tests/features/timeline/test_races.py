"""Two leaders hand the same person over at once: one wins, the other is told, nothing moves twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from anwang.domain.base import Refusal
from anwang.features.assignments.models import Assignment
from anwang.features.duties.models import Transfer
from anwang.features.timeline.actions import undo
from anwang.features.timeline.models import Handover

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _own_connections():
    """Threads need a database that each of them can connect to: PostgreSQL, or SQLite in a file."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads cannot share a database in memory")


def at_once(*acts):
    """Run the acts together; their results, or the codes of their refusals."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("kind", ["rebalance", "retire"])
def test_of_two_hand_overs_at_once_one_wins(opened, give, kind):
    takers = [opened.township_officer.post.id, opened.county_leader.post.id]
    acts = [
        lambda post=post, who=who: give(kind, who=who, takers={opened.enterprise.id: post})
        for post, who in zip(takers, ("county_leader", "city_office"), strict=True)
    ]
    results = at_once(*acts)
    assert [result for result in results if isinstance(result, str)] == ["handover_taken"]
    assert Handover.objects.count() == 1
    row = Handover.objects.get()
    lead = Assignment.objects.get(enterprise=opened.enterprise, part="lead", valid_to=None)
    assert lead.post_id == row.items.get().to_post_id
    moved = Transfer.objects.filter(obligation__enterprise=opened.enterprise)
    assert moved.count() == moved.values("obligation").distinct().count() == row.duties


def test_of_two_leaves_at_once_one_wins(opened, give, today):
    from datetime import timedelta

    acts = [
        lambda who=who: give("leave", who=who, until=today + timedelta(days=9))
        for who in ("county_leader", "city_office")
    ]
    results = at_once(*acts)
    assert [result for result in results if isinstance(result, str)] == ["leave_overlaps"]
    assert Assignment.objects.filter(part="deputy").count() == 1


def test_a_hand_over_taken_back_twice_at_once_is_taken_back_once(opened, give, now):
    row = give()
    results = at_once(*[lambda: undo(by=opened.county_leader.actor, now=now, handover_id=row.id)] * 2)
    assert [result for result in results if isinstance(result, str)] == ["handover_taken"]
    assert Assignment.objects.filter(part="lead", enterprise=opened.enterprise, valid_to=None).count() == 1
