"""The demonstration is made by the actions of real data, holds together, is marked and can be made again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from anwang.domain.base import SYSTEM, Refusal
from anwang.domain.roster.codes import is_valid_credit_code
from anwang.features.accounts.models import Person, User
from anwang.features.assignments.models import Assignment
from anwang.features.demo.actions import make_demo
from anwang.features.demo.models import DemoRun
from anwang.features.duties.models import Contact, Fulfilment, Obligation
from anwang.features.duties.queries.checks import verify
from anwang.features.enterprises.models import Enterprise
from anwang.features.grid.models import GridUnit, Leadership, Post, Sponsorship

from .conftest import NOW, SimpleNamespace

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_nothing_that_must_hold_is_broken(demo: SimpleNamespace) -> None:
    assert verify(on=NOW.date()) == {name: [] for name in verify(on=NOW.date())}


def test_every_enterprise_has_its_supervisor_and_every_official_an_enterprise(demo: SimpleNamespace) -> None:
    led = set(Assignment.objects.filter(part="lead", valid_to=None).values_list("enterprise_id", flat=True))
    status = dict(Enterprise.objects.values_list("id", "status"))
    assert {key for key, what in status.items() if what == "operating"} <= led
    assert {status[key] for key in led} <= {"operating", "suspended"}  # who only pauses keeps the supervisor
    bound = set(Assignment.objects.filter(valid_to=None).values_list("person_id", flat=True))
    assert bound == set(Post.objects.filter(is_supervisor=True, valid_to=None).values_list("person_id", flat=True))


def test_no_number_can_ring(demo: SimpleNamespace) -> None:
    numbers = [p.phone for p in Person.objects.all() if p.phone] + [u.phone for u in GridUnit.objects.exclude(phone="")]
    numbers += [n for e in Enterprise.objects.all() for n in (e.principal_phone, e.safety_phone)]
    assert len(numbers) > 150
    # Behind an area code no subscriber's number begins with 0.
    assert all(re.fullmatch(r"0539-0\d{6}", number) for number in numbers)


def test_all_of_it_is_marked(demo: SimpleNamespace) -> None:
    assert not Person.objects.filter(is_demo=False).exists()
    assert not Enterprise.objects.filter(is_demo=False).exists()
    assert not Person.objects.exclude(name__endswith="（示例）").exists()
    assert not Enterprise.objects.exclude(name__contains="示例").exists()


def test_the_roster_came_in_without_a_fault(demo: SimpleNamespace) -> None:
    done = demo.made.run.done
    assert (done["roster"]["created"], done["roster"]["errors"]) == (60, 0)
    assert done["people"]["errors"] == 0
    assert all(is_valid_credit_code(code) for code in Enterprise.objects.values_list("credit_code", flat=True))


def test_all_four_grades_occur_and_come_from_facts(demo: SimpleNamespace) -> None:
    assert set(Enterprise.objects.values_list("grade", flat=True)) == {"major", "larger", "general", "low"}
    assert not Enterprise.objects.filter(risk_points__isnull=True).exists()


def test_a_year_lies_behind_with_faults_as_in_life(demo: SimpleNamespace) -> None:
    due = Obligation.objects.filter(due__lt=NOW.date())
    assert due.filter(period="2025-11B").exists()
    share = due.filter(done_at__isnull=False).count() / due.count()
    assert 0.6 < share < 0.98
    assert due.filter(late=True).exists()
    assert due.filter(waived_at__isnull=False).exists()
    assert Contact.objects.filter(reached=False).exists()
    assert any("duty.answer.missing" in row.missing for row in Fulfilment.objects.filter(counts=False))
    assert not Contact.objects.filter(received_at__gt=NOW).exists()
    assert not Contact.objects.exclude(received_at__gte=NOW - timedelta(days=430)).exists()


def test_people_changed_and_open_duties_went_with_the_enterprise(demo: SimpleNamespace) -> None:
    left = Post.objects.filter(valid_to__isnull=False)
    assert left.exists()
    assert not Assignment.objects.filter(post__in=left, valid_to=None).exists()
    assert Obligation.objects.filter(transfers__isnull=False).exists()


def test_the_lines_of_command_reach_from_the_city_to_the_village(demo: SimpleNamespace) -> None:
    levels = set(Leadership.objects.values_list("level", "rank"))
    assert {("city", 1), ("city", 2), ("county", 1), ("township", 1), ("village", 1)} <= levels
    assert set(Sponsorship.objects.values_list("level", flat=True)) == {"county", "township", "village"}


def test_every_role_can_be_entered_and_no_password_opens_it(demo: SimpleNamespace) -> None:
    kinds = set(Post.objects.filter(person__user__isnull=False).values_list("kind", flat=True))
    assert kinds >= {"bureau", "county_bureau", "township_leader", "township_safety", "village_principal", "principal"}
    assert kinds >= {"system_admin", "security_admin", "audit_admin"}
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_the_same_seed_makes_the_same_demonstration(demo: SimpleNamespace) -> None:
    assert demo.digests[0] == demo.digests[1]


def test_a_second_call_finds_it_done(demo: SimpleNamespace) -> None:
    before = (Contact.objects.count(), Obligation.objects.count(), Person.objects.count())
    again = make_demo(by=SYSTEM, now=NOW)
    assert (again.again, again.opened) == (True, 0)
    assert before == (Contact.objects.count(), Obligation.objects.count(), Person.objects.count())


def test_a_later_call_opens_only_what_is_new(demo: SimpleNamespace) -> None:
    contacts = Contact.objects.count()
    later = make_demo(by=SYSTEM, now=NOW + timedelta(days=7))
    assert later.opened == Enterprise.objects.filter(status="operating").count()
    assert Contact.objects.count() == contacts


def test_another_size_is_refused_where_one_is(demo: SimpleNamespace) -> None:
    with pytest.raises(Refusal) as refused:
        make_demo(by=SYSTEM, now=NOW, size="county")
    assert refused.value.code == "demo_other"


def test_real_data_is_left_alone(demo: SimpleNamespace) -> None:
    Person.objects.create(name="实名", created_at=NOW)
    with pytest.raises(Refusal) as refused:
        make_demo(by=SYSTEM, now=NOW)
    assert refused.value.code == "demo_real_data"


def test_one_run_is_remembered(demo: SimpleNamespace) -> None:
    assert DemoRun.objects.get().finished_at == NOW
