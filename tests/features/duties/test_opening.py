"""Opening duties: once, for every operating enterprise that somebody leads (N7)."""

from collections import Counter
from datetime import date, timedelta

import pytest

from anwang.features.assignments.models import Assignment
from anwang.features.duties.actions import open_duties
from anwang.features.duties.models import Obligation, Tally
from anwang.features.duties.queries import tally_faults
from anwang.features.enterprises.models import Enterprise, StatusFact

from .conftest import bind

pytestmark = pytest.mark.django_db


def test_the_day_opens_one_duty_for_each_rule_with_a_cadence(bound, now):
    open_duties(by=bound.system, now=now)
    rows = Obligation.objects.filter(enterprise=bound.enterprise)
    assert Counter(rows.values_list("rule", flat=True)) == {f"N7.{number}": 1 for number in range(2, 8)}
    assert {row.period for row in rows} == {"2026-11B", "2026Q4", "2026H2", "2026"}
    assert {row.person_id for row in rows} == {bound.village_cadre.person.id}


def test_opened_twice_is_opened_once(bound, now):
    first = open_duties(by=bound.system, now=now)
    again = open_duties(by=bound.system, now=now + timedelta(hours=1))
    assert (first.opened, again.opened) == (12, 0)
    assert tally_faults() == []


def test_a_scheduler_that_slept_over_a_period_loses_none(bound, now):
    open_duties(by=bound.system, now=now - timedelta(days=40))
    open_duties(by=bound.system, now=now)
    halves = Obligation.objects.filter(enterprise=bound.enterprise, rule="N7.2").values_list("period", flat=True)
    assert set(halves) == {"2026-10A", "2026-10B", "2026-11A", "2026-11B"}


def test_an_enterprise_that_nobody_leads_is_named_and_owes_nothing(bound, now):
    lonely = bound.elsewhere
    Assignment.objects.filter(enterprise=lonely).delete()
    result = open_duties(by=bound.system, now=now)
    assert result.without_lead == {lonely.id}
    assert not Obligation.objects.filter(enterprise=lonely).exists()


def test_a_suspended_enterprise_owes_nothing(bound, now):
    StatusFact.objects.filter(enterprise=bound.enterprise).update(status="suspended")
    open_duties(by=bound.system, now=now)
    assert not Obligation.objects.filter(enterprise=bound.enterprise).exists()


def test_the_tally_equals_the_rows(bound, now):
    open_duties(by=bound.system, now=now)
    assert sum(Tally.objects.values_list("expected", flat=True)) == Obligation.objects.count()
    assert tally_faults() == []


def test_a_change_of_lead_moves_the_open_duties_once_with_a_trace(bound, now):
    open_duties(by=bound.system, now=now)
    Assignment.objects.filter(enterprise=bound.enterprise).update(valid_to=now.date())
    bind(bound.enterprise, bound.township_officer, now, since=now.date())
    first = open_duties(by=bound.system, now=now).settled
    again = open_duties(by=bound.system, now=now).settled
    assert first["transferred"] == 6
    assert again.get("transferred", 0) == 0
    rows = Obligation.objects.filter(enterprise=bound.enterprise)
    assert {row.person_id for row in rows} == {bound.township_officer.person.id}
    assert {row.transfers.get().from_person_id for row in rows} == {bound.village_cadre.person.id}
    assert tally_faults() == []


def test_a_newcomer_near_the_end_gets_grace(bound, now):
    open_duties(by=bound.system, now=now)
    late = now + timedelta(days=5)
    Assignment.objects.filter(enterprise=bound.enterprise).update(valid_to=late.date())
    bind(bound.enterprise, bound.township_officer, now, since=late.date())
    open_duties(by=bound.system, now=late)
    assert Obligation.objects.get(enterprise=bound.enterprise, rule="N7.2", period="2026-11B").due > date(2026, 11, 30)
    assert tally_faults() == []


def test_a_closed_enterprise_is_freed_of_what_is_open(bound, now):
    open_duties(by=bound.system, now=now)
    Enterprise.objects.filter(id=bound.enterprise.id).update(status="closed")
    assert open_duties(by=bound.system, now=now).settled["waived"] == 6
    assert Obligation.objects.filter(enterprise=bound.enterprise, waived_at__isnull=True).count() == 0
    assert tally_faults() == []


def test_an_enterprise_that_moved_is_counted_where_it_is(bound, now):
    open_duties(by=bound.system, now=now)
    Enterprise.objects.filter(id=bound.enterprise.id).update(place=371302102201, township=371302102)
    open_duties(by=bound.system, now=now)
    assert set(Obligation.objects.filter(enterprise=bound.enterprise).values_list("township", flat=True)) == {371302102}
    assert tally_faults() == []


def test_who_comes_later_in_a_period_is_opened_then_and_the_others_stay(bound, now):
    Assignment.objects.filter(enterprise=bound.elsewhere).delete()
    assert open_duties(by=bound.system, now=now).opened == 6
    before = set(Obligation.objects.values_list("id", "person_id", "due"))
    bind(bound.elsewhere, bound.stranger, now, since=date(2026, 11, 27))
    assert open_duties(by=bound.system, now=now + timedelta(days=4)).opened == 6
    assert before <= set(Obligation.objects.values_list("id", "person_id", "due"))
    assert Obligation.objects.filter(enterprise=bound.elsewhere, start=date(2026, 11, 27)).count() == 6
    assert tally_faults() == []


def test_nothing_is_read_row_by_row_when_nothing_changed(bound, now, django_assert_max_num_queries):
    open_duties(by=bound.system, now=now)
    with django_assert_max_num_queries(25):
        open_duties(by=bound.system, now=now)
