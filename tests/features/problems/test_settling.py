"""Nothing waits for nobody: people leave, enterprises move and close, departments go, and somebody is still next."""

from datetime import timedelta

import pytest

from anwang.features.notices.models import Message
from anwang.features.problems import actions
from anwang.features.problems.models import Problem
from tests.cast import CITY, LUOZHUANG, SINCE, TOWNSHIP
from tests.features.dispatch.conftest import VILLAGE
from tests.features.duties.conftest import bind

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOTHING = {"moved": 0, "followed": 0, "passed": 0}


@pytest.fixture
def settle(line, now):
    """Settle, and see that a second time does nothing."""

    def carry():
        counts = actions.settle(by=line.system, now=now)
        assert actions.settle(by=line.system, now=now) == NOTHING
        return {name: n for name, n in counts.items() if n}

    return carry


def leave(member, today):
    """The post ends today, and what it led."""
    member.post.leaderships.update(valid_to=today)
    member.post.valid_to = today
    member.post.save()


@pytest.fixture
def rectified(found, act):
    row = act("order", "village_cadre", act("accept", "village_cadre", found()), text="停用")
    return act("rectify", "principal", row, text="已停用")


def test_with_nothing_changed_nothing_moves(rectified, settle):
    assert settle() == {}


def test_who_leads_the_enterprise_now_follows_and_is_told(rectified, settle, line, now, today):
    line.enterprise.assignments.update(valid_to=today)
    bind(line.enterprise, line.second, now)
    line.enterprise.assignments.filter(person=line.second.person).update(valid_from=today)
    assert settle() == {"followed": 1}
    rectified.refresh_from_db()
    assert (rectified.tracker, rectified.actor_person) == (line.second.person, line.second.person)
    assert Message.objects.filter(to=line.second.person, kind="problem_follow").count() == 1


def test_a_follower_who_left_leaves_it_to_the_leader_of_the_unit(rectified, settle, line, today):
    line.enterprise.assignments.update(valid_to=today)
    leave(line.village_cadre, today)
    assert settle() == {"followed": 1}
    rectified.refresh_from_db()
    assert (rectified.tracker, rectified.part, rectified.actor_unit) == (None, "unit", VILLAGE)


def test_a_reporter_who_left_is_not_waited_for_and_the_leader_may_go_on(found, act, settle, line, today):
    line.enterprise.assignments.update(valid_to=today)
    row = act("give_back", "village_cadre", found("second"), text="请补照片")
    Problem.objects.update(tracker=None)
    leave(line.second, today)
    assert settle() == {"passed": 1}
    row.refresh_from_db()
    assert (row.state, row.part) == ("returned", "unit")
    assert act("accept", "village_cadre", row).state == "accepted"


@pytest.fixture
def referred(found, act, line):
    row = act("escalate", "village_cadre", found(), reason="authority")
    act("accept", "township_officer", row)
    return act("hand", "township_officer", row, posts=[line.clerk.post.id, line.second_clerk.post.id])


@pytest.fixture
def line(line, now):
    from tests.features.dispatch.conftest import member_of

    line.second_clerk = member_of("示例二科员", "department", TOWNSHIP, now)
    return line


def test_a_department_that_is_gone_leaves_it_to_the_others_and_then_to_the_leader(referred, settle, line, today):
    first, other = line.clerk, line.second_clerk
    leave(first, today)
    assert settle() == {"passed": 1}
    referred.refresh_from_db()
    assert (referred.state, referred.actor_person) == ("handed", other.person)
    leave(other, today)
    assert settle() == {"passed": 1}
    referred.refresh_from_db()
    assert (referred.state, referred.part, referred.actor_unit) == ("accepted", "unit", TOWNSHIP)


def test_a_leader_takes_back_what_a_department_does_not_answer(referred, act, line):
    row = act("recall", "township_officer", referred, text="科室迟迟不答复")
    assert (row.state, row.actor_unit) == ("accepted", TOWNSHIP)
    assert not row.referrals.filter(ended_at=None).exists()


def test_a_closed_enterprise_is_not_waited_for(found, act, settle, line):
    row = act("order", "village_cadre", act("accept", "village_cadre", found()), text="停用")
    line.enterprise.status = "closed"
    line.enterprise.save()
    assert settle() == {"passed": 1}
    row.refresh_from_db()
    assert (row.state, row.part, row.actor_unit) == ("rectifying", "unit", VILLAGE)
    act("rectify", "village_cadre", row, text="企业已关闭，设备已拆除")


def test_problems_move_with_the_enterprise_and_their_days_stay(found, act, settle, line):
    row = act("accept", "village_cadre", found())
    before = (row.state, row.due, row.act_on, row.first_due, row.arrived_on)
    line.enterprise.place, line.enterprise.township = 371302102201, 371302102
    line.enterprise.save()
    from anwang.features.grid.models import Leadership

    Leadership.objects.create(
        post=line.second.post, unit=371302102201, level="village", valid_from=SINCE, recorded_at=row.reported_at
    )
    assert settle() == {"moved": 1}
    row.refresh_from_db()
    assert (row.unit, row.township, row.actor_unit) == (371302102201, 371302102, 371302102201)
    assert before == (row.state, row.due, row.act_on, row.first_due, row.arrived_on)


def test_into_a_county_where_nobody_leads_below_it_goes_to_who_does(referred, settle, line):
    firm = line.enterprise
    firm.place, firm.township, firm.county = 371311001001, 371311001, 371311
    firm.save()
    assert settle()["moved"] == 1
    referred.refresh_from_db()
    assert (referred.unit, referred.level, referred.county) == (LUOZHUANG, "county", 371311)
    assert (referred.state, referred.referrals.filter(ended_at=None).count()) == ("accepted", 0)


def test_an_accepted_risk_may_end_before_its_day(found, act, today):
    row = act("accept", "village_cadre", found(kind="other", title="通道堆物"))
    row = act("accept_risk", "village_cadre", row, until=today + timedelta(days=30), text="加装警示")
    row = act("reopen", "village_cadre", row, text="又堆高了")
    assert (row.state, row.reopened, row.until) == ("reopened", 1, None)


def test_what_the_vacant_top_leaves_undone_is_told_to_whoever_follows(found, line, now, today):
    row = found(kind="major_hazard")
    for days in range(1, 40):
        actions.climb(by=line.system, now=now + timedelta(days=days))
    row.refresh_from_db()
    assert (row.unit, row.events.filter(kind="overdue").count()) == (CITY, 1)
    assert Message.objects.filter(to=line.village_cadre.person, kind="problem_late").exists()
