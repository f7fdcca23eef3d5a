"""Announcing, moving, cancelling, merging visits, and what the discipline refuses (四.4)."""

from datetime import date, timedelta

import pytest

from anwang.features.notices.models import Message
from anwang.features.visits import actions, queries
from anwang.features.visits.models import State, Visit, Wish
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2026, 12, 2)


@pytest.fixture
def plan_visit(bound, now):
    def make(who="village_cadre", day=DAY, **more):
        member = getattr(bound, who)
        data = actions.VisitData(bound.enterprise.id, member.person.id, day, **more)
        return actions.arrange(by=member.actor, now=now, data=data)

    return make


def announce(cast, now, row, who="village_cadre"):
    return actions.announce(by=getattr(cast, who).actor, now=now, visit_ids=[row.id])


def test_an_announced_visit_is_seen_by_the_enterprise(bound, now, today, plan_visit):
    row = plan_visit()
    assert queries.upcoming_of(bound.enterprise.id, today=today) == []
    announce(bound, now, row)
    assert [each.day for each in queries.upcoming_of(bound.enterprise.id, today=today)] == [DAY]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 11, 23), "visits.past"),
        (date(2026, 11, 24), "visits.notice"),
        (date(2026, 11, 28), "visits.quiet"),
        (date(2027, 1, 1), "visits.quiet"),
    ],
)
def test_some_days_are_refused(plan_visit, day, code):
    with refused(code):
        plan_visit(day=day)


def test_the_second_visit_of_a_day_is_refused_whoever_comes(plan_visit):
    plan_visit()
    with refused("visits.cap_day"):
        plan_visit("township_officer")


def test_the_third_visit_of_a_month_is_refused_whoever_comes(plan_visit):
    plan_visit()
    plan_visit("township_officer", date(2026, 12, 15))
    with refused("visits.cap_month"):
        plan_visit("county_leader", date(2026, 12, 16))
    plan_visit("county_leader", date(2027, 1, 5))


def test_no_more_than_three_come(plan_visit):
    with refused("visits.party"):
        plan_visit(party=4)


def test_a_cap_that_a_rival_filled_meanwhile_still_refuses(bound, now, monkeypatch):
    """The rival's visit appears while ours waits for the docket: the caps are counted after that."""
    from anwang.features.visits.actions import arranging

    held = arranging.hold

    def rival_first(enterprises):
        held(enterprises)
        monkeypatch.setattr(arranging, "hold", held)
        data = actions.VisitData(bound.enterprise.id, bound.township_officer.person.id, DAY)
        actions.arrange(by=bound.township_officer.actor, now=now, data=data)

    monkeypatch.setattr(arranging, "hold", rival_first)
    data = actions.VisitData(bound.enterprise.id, bound.village_cadre.person.id, DAY)
    with refused("visits.cap_day"):
        actions.arrange(by=bound.village_cadre.actor, now=now, data=data)


def test_moving_checks_the_new_day_and_announces_it(bound, now, plan_visit):
    row = plan_visit()
    announce(bound, now, row)
    with refused("visits.quiet"):
        actions.move(by=bound.village_cadre.actor, now=now, visit_id=row.id, day=date(2026, 12, 5))
    actions.move(by=bound.village_cadre.actor, now=now, visit_id=row.id, day=date(2026, 12, 4), half="am")
    row.refresh_from_db()
    assert (row.day, row.half, row.state) == (date(2026, 12, 4), "am", State.ANNOUNCED)


def test_a_visit_that_somebody_moved_meanwhile_is_not_moved_again(bound, now, plan_visit, monkeypatch):
    from anwang.features.visits.actions import arranging

    row = plan_visit()
    held = arranging.hold

    def rival_first(enterprises):
        held(enterprises)
        Visit.objects.filter(id=row.id).update(day=date(2026, 12, 9))

    monkeypatch.setattr(arranging, "hold", rival_first)
    with refused("visit_changed"):
        actions.move(by=bound.village_cadre.actor, now=now, visit_id=row.id, day=date(2026, 12, 4))


def test_cancelling_says_why_and_can_be_taken_back(bound, now, plan_visit):
    row = plan_visit()
    with refused("reason_missing"):
        actions.cancel(by=bound.village_cadre.actor, now=now, visit_id=row.id, reason=" ")
    actions.cancel(by=bound.village_cadre.actor, now=now, visit_id=row.id, reason="企业停电")
    with refused("visit_changed"):
        actions.cancel(by=bound.village_cadre.actor, now=now, visit_id=row.id, reason="企业停电")
    actions.restore(by=bound.village_cadre.actor, now=now, visit_id=row.id)
    assert Visit.objects.get(id=row.id).state == State.PLANNED


def test_another_supervisor_does_not_move_ours(bound, now, plan_visit):
    row = plan_visit("county_leader")
    with refused("not_found"):
        actions.move(by=bound.stranger.actor, now=now, visit_id=row.id, day=date(2026, 12, 4))
    with refused("not_yours"):
        actions.move(by=bound.village_cadre.actor, now=now, visit_id=row.id, day=date(2026, 12, 4))


def test_two_visits_within_a_week_are_proposed_as_one_and_become_one(bound, now, today, plan_visit):
    ours, theirs = plan_visit(), plan_visit("township_officer", date(2026, 12, 4))
    announce(bound, now, ours)
    lines = queries.merge_lines(list(queries.visits_of(bound.enterprise.id, first=today, last=DAY + timedelta(9))),
                                today=today)  # fmt: skip
    assert [(line.stays.id, line.keys, line.saves) for line in lines] == [(ours.id, str(theirs.id), 1)]
    row = actions.merge(by=bound.township_officer.actor, now=now, stays=ours.id, join=[theirs.id])
    assert (row.party, [each.person.name for each in row.members.all()]) == (2, ["示例镇员"])
    assert Visit.objects.get(id=theirs.id).state == State.CANCELLED


def test_a_merge_can_be_taken_back(bound, now, plan_visit):
    ours, theirs = plan_visit(), plan_visit("township_officer", date(2026, 12, 4))
    actions.merge(by=bound.county_leader.actor, now=now, stays=ours.id, join=[theirs.id])
    actions.unmerge(by=bound.village_cadre.actor, now=now, stays=ours.id)
    assert {row.state for row in Visit.objects.all()} == {State.PLANNED}
    assert Visit.objects.get(id=ours.id).party == 1
    with refused("not_merged"):
        actions.unmerge(by=bound.village_cadre.actor, now=now, stays=ours.id)


def test_a_merge_of_more_than_may_come_is_refused(bound, now, plan_visit):
    ours, theirs = plan_visit(party=2), plan_visit("township_officer", date(2026, 12, 4), party=2)
    with refused("visits.party"):
        actions.merge(by=bound.county_leader.actor, now=now, stays=ours.id, join=[theirs.id])


def test_nobody_gives_up_anothers_visit(bound, now, plan_visit):
    ours, theirs = plan_visit(), plan_visit("county_leader", date(2026, 12, 4))
    with refused("not_yours"):
        actions.merge(by=bound.village_cadre.actor, now=now, stays=ours.id, join=[theirs.id])


def test_wishes_are_short_and_in_the_future(bound, now, today):
    for first, last in ((today - timedelta(3), today - timedelta(1)), (today, today + timedelta(40))):
        with refused("wish_dates"):
            actions.wish(
                by=bound.principal.actor, now=now,
                data=actions.WishData(bound.enterprise.id, "impossible", first, last),
            )  # fmt: skip


def test_a_wish_is_withdrawn_once(bound, now, today):
    data = actions.WishData(bound.enterprise.id, "wished", DAY, DAY, "下午")
    row = actions.wish(by=bound.principal.actor, now=now, data=data)
    actions.withdraw(by=bound.principal.actor, now=now, wish_id=row.id)
    with refused("wish_withdrawn"):
        actions.withdraw(by=bound.principal.actor, now=now, wish_id=row.id)
    assert queries.wishes_of(bound.enterprise.id, today=today) == []


def test_an_enterprise_does_not_speak_for_another(bound, now):
    with refused("not_found"):
        actions.wish(
            by=bound.principal.actor, now=now, data=actions.WishData(bound.elsewhere.id, "impossible", DAY, DAY)
        )
    assert not Wish.objects.exists()


def test_the_principal_sees_no_visit_before_it_is_announced(bound, now, plan_visit):
    row = plan_visit()
    assert queries.find(row.id, by=bound.principal.actor) is None
    announce(bound, now, row)
    assert queries.find(row.id, by=bound.principal.actor) is not None


def test_the_principal_is_told_once_of_each_day_and_of_a_cancelling(bound, now, plan_visit):
    row = plan_visit()
    announce(bound, now, row)
    actions.move(by=bound.village_cadre.actor, now=now, visit_id=row.id, day=date(2026, 12, 4))
    actions.cancel(by=bound.village_cadre.actor, now=now, visit_id=row.id, reason="企业停电")
    told = list(Message.objects.filter(to=bound.principal.person).order_by("created_at", "key"))
    assert sorted(message.title for message in told) == [
        "2026-12-02 到贵单位督导服务", "2026-12-04 到贵单位督导服务", "原定 2026-12-04 的督导已取消",
    ]  # fmt: skip


def test_what_was_only_planned_is_moved_without_a_word(bound, now, plan_visit):
    row = plan_visit()
    actions.move(by=bound.village_cadre.actor, now=now, visit_id=row.id, day=date(2026, 12, 4))
    assert not Message.objects.exists()
