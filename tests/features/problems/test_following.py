"""Who follows a problem changes hands with the enterprise, once, with a trace; what is next never waits for nobody."""

from datetime import timedelta

import pytest

from anwang.features.audit.models import AuditEvent
from anwang.features.problems import actions
from anwang.features.problems.models import Problem

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def handed(line, now):
    """Hand the cadre's enterprise to the second cadre: `handed(at=…)`."""

    def carry(giver="village_cadre", taker="second", at=now, **more):
        keys = {
            "from_person": getattr(line, giver).person.id,
            "takers": {line.enterprise.id: getattr(line, taker).person.id},
        }
        return actions.hand_over(by=line.county_leader.actor, now=at, reason="退休", **keys, **more)

    return carry


def test_open_problems_go_to_the_taker_once_with_an_event_and_a_trail(found, handed, line):
    row, other = found(), found(title="另一个")
    assert handed() == {line.enterprise.id: 2}
    assert handed() == {}
    row.refresh_from_db()
    assert row.tracker == line.second.person
    assert row.events.get(kind="follow").text == "示例村主任 → 示例副主任 退休"
    assert AuditEvent.objects.filter(action="problem.follow").count() == 2
    assert other.events.filter(kind="follow").count() == 1


def test_clocks_and_state_stay_and_what_waited_for_the_giver_waits_for_the_taker(found, act, handed, line):
    row = act("order", "village_cadre", act("accept", "village_cadre", found()), text="停用")
    row = act("rectify", "principal", row, text="已停用")
    handed()
    before = (row.state, row.due, row.act_on, row.first_due, row.reported_at, row.part)
    row.refresh_from_db()
    assert before == (row.state, row.due, row.act_on, row.first_due, row.reported_at, row.part)
    assert row.actor_person == line.second.person
    assert act("verify", "second", row, text="现场已停用").state == "verified"


def test_closed_ones_and_those_that_others_follow_stay(found, act, handed, line):
    act("withdraw", "village_cadre", found(), text="看错了")
    Problem.objects.filter(id=found(title="镇里跟踪").id).update(tracker=line.township_officer.person)
    assert handed() == {}


def test_a_hand_over_that_is_undone_takes_back_what_it_moved_and_nothing_else(found, handed, line, now):
    row, own = found(), found(title="接收人自己的")
    Problem.objects.filter(id=own.id).update(tracker=line.second.person)
    handed()
    later = now + timedelta(hours=2)
    assert handed("second", "village_cadre", at=later, moved_at=now) == {line.enterprise.id: 1}
    row.refresh_from_db()
    own.refresh_from_db()
    assert (row.tracker, own.tracker) == (line.village_cadre.person, line.second.person)


def test_a_page_opened_before_the_hand_over_is_told(found, act, handed):
    from tests.refusals import refused

    row = found()
    handed()
    with refused("problem_changed"):
        act("accept", "village_cadre", row, version=row.version)
