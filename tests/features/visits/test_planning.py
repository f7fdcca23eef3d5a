"""What a person is proposed, and what adopting, undoing and the caps do with it (B1, 四.4)."""

from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

import pytest

from anwang.features.audit.models import AuditEvent
from anwang.features.duties.actions import ContactData, open_duties, record_contact
from anwang.features.duties.models import Obligation
from anwang.features.grid.actions.measures import order_remote
from anwang.features.visits import actions, queries
from anwang.features.visits.models import Adoption, State, Visit
from anwang.features.visits.queries.facts import charges
from tests.cast import LANSHAN, make_enterprise
from tests.features.visits.conftest import bind
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
YEAR_END = date(2026, 12, 31)


def proposal(cast, today, until=YEAR_END):
    return queries.propose(cast.village_cadre.person.id, today=today, until=until)


def adopt(cast, now, today, until=YEAR_END):
    found = proposal(cast, today, until)
    return actions.adopt(
        by=cast.village_cadre.actor, now=now, person=found.person, until=until, digest=found.digest
    )  # fmt: skip


def test_what_is_open_and_to_come_needs_fewer_contacts_than_records(opened, today):
    found = proposal(opened, today)
    assert (found.records, found.contacts, found.lower_bound, found.visits) == (8, 4, 4, 1)
    visit = next(stop for stop in found.stops if stop.on_site)
    assert {duty.rule for duty in visit.duties} == {"N7.3", "N7.4", "N7.5", "N7.6", "N7.7"}


def test_a_whole_year_to_come_is_28_contacts_for_39_records(opened, today):
    now_needed = proposal(opened, today)
    found = proposal(opened, today, date(2027, 12, 31))
    assert (found.records - now_needed.records, found.contacts - now_needed.contacts) == (39, 28)


def test_visits_are_announced_before_and_on_no_day_off(opened, today):
    found = proposal(opened, today, date(2027, 12, 31))
    days = [stop.day for stop in found.stops if stop.on_site]
    assert min(days) > today
    assert not any(queries.is_quiet(day) for day in days)


def test_the_lunar_new_year_is_quiet_by_the_state_councils_arrangement():
    assert queries.is_quiet(date(2025, 1, 29))
    assert not queries.is_quiet(date(2025, 1, 27))


def test_adopting_keeps_the_plan_and_says_so_in_the_trail(opened, now, today):
    row = adopt(opened, now, today)
    assert (row.contacts, row.records, row.lower_bound, row.visits.count()) == (4, 8, 4, 4)
    assert AuditEvent.objects.filter(action="visits.adopt").exists()


def test_adopting_again_replaces_what_was_planned_and_undoing_brings_it_back(opened, now, today):
    first = adopt(opened, now, today)
    second = adopt(opened, now, today, date(2027, 3, 31))
    assert Visit.objects.filter(state=State.PLANNED, adoption=second).count() == second.contacts
    assert not Visit.objects.filter(state=State.PLANNED, adoption=first).exists()
    actions.undo_adoption(by=opened.village_cadre.actor, now=now, adoption_id=second.id)
    assert Visit.objects.filter(state=State.PLANNED).count() == first.contacts


def test_an_older_plan_is_not_undone_under_a_newer(opened, now, today):
    first = adopt(opened, now, today)
    adopt(opened, now, today, date(2027, 3, 31))
    with refused("plan_newer"):
        actions.undo_adoption(by=opened.village_cadre.actor, now=now, adoption_id=first.id)


def test_a_plan_is_undone_once(opened, now, today):
    row = adopt(opened, now, today)
    actions.undo_adoption(by=opened.village_cadre.actor, now=now, adoption_id=row.id)
    with refused("plan_undone"):
        actions.undo_adoption(by=opened.village_cadre.actor, now=now, adoption_id=row.id)


def test_a_plan_that_was_shown_before_the_facts_moved_is_not_adopted(opened, now, today):
    found = proposal(opened, today)
    wish_away(opened, now, next(stop.day for stop in found.stops if stop.on_site))
    with refused("plan_changed"):
        actions.adopt(
            by=opened.village_cadre.actor, now=now, person=found.person, until=YEAR_END, digest=found.digest
        )  # fmt: skip


def wish_away(cast, now, first, last=None):
    data = actions.WishData(cast.enterprise.id, "impossible", first, last or first)
    return actions.wish(by=cast.principal.actor, now=now, data=data)


def test_a_day_that_the_principal_ruled_out_is_not_planned(opened, now, today):
    before = next(stop.day for stop in proposal(opened, today).stops if stop.on_site)
    wish_away(opened, now, before)
    after = next(stop.day for stop in proposal(opened, today).stops if stop.on_site)
    assert after != before


def test_what_the_enterprise_rules_out_wholly_is_named_with_the_reason(opened, now, today):
    wish_away(opened, now, today, today + timedelta(29))
    wish_away(opened, now, today + timedelta(30), YEAR_END)
    found = proposal(opened, today)
    assert {line.duty.rule for line in found.impossible} == {"N7.3", "N7.4", "N7.5", "N7.6", "N7.7"}
    assert {line.why for line in found.impossible} == {"企业在期限内都不方便"}


def test_under_a_health_measure_the_same_is_done_by_call(opened, now, today):
    order_remote(
        by=opened.county_leader.actor, now=now, unit=LANSHAN, first=today, end=date(2027, 1, 15), reason="疫情防控"
    )
    found = proposal(opened, today)
    assert found.visits == 0
    assert found.impossible == ()
    assert found.records == 8


def test_an_announced_visit_stays_and_carries_the_duties(opened, now, today):
    day = date(2026, 12, 2)
    data = actions.VisitData(opened.enterprise.id, opened.village_cadre.person.id, day)
    row = actions.arrange(by=opened.village_cadre.actor, now=now, data=data)
    actions.announce(by=opened.village_cadre.actor, now=now, visit_ids=[row.id])
    visits = [stop for stop in proposal(opened, today).stops if stop.on_site]
    assert [(stop.day, stop.kept, len(stop.duties)) for stop in visits] == [(day, True, 5)]


def test_visits_of_others_fill_the_month(opened, now, today):
    for member, day in (("township_officer", 1), ("county_leader", 8)):
        actor = getattr(opened, member)
        data = actions.VisitData(opened.enterprise.id, actor.person.id, date(2026, 12, day))
        actions.arrange(by=actor.actor, now=now, data=data)
    visit = next(stop for stop in proposal(opened, today).stops if stop.on_site)
    assert visit.day.month == 11


def test_a_record_near_the_day_closes_the_visit(opened, now, today):
    adopt(opened, now, today)
    row = Visit.objects.get(form="on_site")
    later = now + (row.day - today)
    record_contact(
        by=opened.village_cadre.actor, now=later,
        data=ContactData(uuid4(), opened.enterprise.id, row.person_id, "on_site", row.day, on_site=True),
    )  # fmt: skip
    assert queries.shown([Visit.objects.get(id=row.id)])[0].done
    assert actions.settle(by=opened.system, now=later, on=row.day)["closed"] == 1
    assert actions.settle(by=opened.system, now=later, on=row.day)["closed"] == 0
    assert Visit.objects.get(id=row.id).state == State.DONE


def test_a_visit_of_before_the_plan_does_not_close_what_was_planned_after(opened, now, today):
    record_contact(
        by=opened.village_cadre.actor, now=now,
        data=ContactData(uuid4(), opened.enterprise.id, opened.village_cadre.person.id, "on_site", today, on_site=True),
    )  # fmt: skip
    data = actions.VisitData(opened.enterprise.id, opened.village_cadre.person.id, today + timedelta(1))
    row = actions.arrange(by=opened.village_cadre.actor, now=now, data=data)
    assert not queries.shown([Visit.objects.get(id=row.id)])[0].done


def test_the_next_visits_cost_two_queries(opened, now, today, django_assert_num_queries):
    adopt(opened, now, today)
    with django_assert_num_queries(2):
        found = queries.upcoming(opened.village_cadre.person.id, today=today)
    assert [row.day for row in found] == sorted(row.day for row in found)
    assert len(found) == 3


def test_a_neighbour_does_not_adopt_for_us(opened, now, today):
    found = proposal(opened, today)
    with refused("not_yours"):
        actions.adopt(by=opened.stranger.actor, now=now, person=found.person, until=YEAR_END, digest=found.digest)


def test_the_leader_adopts_for_people_of_the_unit(opened, now, today):
    found = proposal(opened, today)
    row = actions.adopt(
        by=opened.county_leader.actor, now=now, person=found.person, until=YEAR_END, digest=found.digest
    )  # fmt: skip
    assert Adoption.objects.get(id=row.id).adopted_by == "示例县长"


def test_many_people_cost_no_more_queries_than_one(opened, now, today, django_assert_max_num_queries):
    people = [opened.village_cadre.person.id, opened.stranger.person.id]
    with django_assert_max_num_queries(9):
        found = list(charges(people, today, YEAR_END))
    assert len(found) == 2


def test_joint_enterprises_are_planned_by_their_lead_alone(opened, today):
    found = queries.propose(opened.township_officer.person.id, today=today, until=YEAR_END)
    assert found.stops == ()


def test_what_was_missed_of_late_is_planned_first(opened, now, today):
    later = date(2026, 12, 8)
    found = proposal(opened, later, YEAR_END)
    late = [stop for stop in found.stops if any(duty.late for duty in stop.duties)]
    assert [(stop.form, stop.day) for stop in late] == [("call", later)]


def test_two_enterprises_of_a_village_share_a_day(opened, now, today):
    from anwang.features.duties.actions import open_duties
    from tests.cast import make_enterprise

    other = make_enterprise("示例纺织有限公司", "MA3EXAM3", 371302101201, now)
    bind(other, opened.village_cadre, now)
    open_duties(by=opened.system, now=now)
    found = proposal(opened, today)
    assert len({stop.day for stop in found.stops if stop.on_site}) == 1
    assert found.contacts == found.lower_bound == 8


def missed_on(opened, due, rule="N7.3"):
    """One of the cadre's open duties as if it had been due on a day."""
    row = Obligation.objects.filter(person=opened.village_cadre.person, rule=rule).first()
    Obligation.objects.filter(id=row.id).update(start=due - timedelta(days=20), due=due, miss=due + timedelta(days=8))


def test_what_was_missed_within_the_policys_days_is_planned_and_what_is_older_is_told(opened, today):
    missed_on(opened, today - timedelta(days=92))
    missed_on(opened, today - timedelta(days=93), rule="N7.4")
    found = proposal(opened, today)
    assert (found.older, found.records) == (1, 7)
    late = {duty.rule for stop in found.stops for duty in stop.duties if duty.late}
    assert late == {"N7.3"}


def test_an_office_may_plan_what_was_missed_longer_ago(opened, today, revised):
    missed_on(opened, today - timedelta(days=93))
    assert proposal(opened, today).older == 1
    revised("visits.yaml", "look_back_days: 92 ", "look_back_days: 366 ")
    assert proposal(opened, today).older == 0


def test_a_day_holds_as_many_calls_as_the_policy_says(opened, now, today, revised):
    revised("visits.yaml", "calls_per_day: 12 ", "calls_per_day: 1 ")
    for organisation in ("MA3EXAM4", "MA3EXAM5"):
        firm = make_enterprise("示例二", organisation, opened.enterprise.place, now)
        bind(firm, opened.village_cadre, now)
    open_duties(by=opened.system, now=now)
    found = proposal(opened, today, date(2027, 3, 31))
    calls = Counter(stop.day for stop in found.stops if not stop.on_site)
    assert len(calls) > 2
    assert set(calls.values()) == {1}
