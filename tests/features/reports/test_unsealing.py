"""解封: two named people in two posts, once, both in the trail; the trail does not say who reported."""

import pytest

from anwang.domain.reports.cases import Unsealing
from anwang.features.audit.models import AuditEvent
from anwang.features.reports import actions
from anwang.features.reports.models import UnsealRequest
from tests.features.duties.conftest import bind
from tests.features.reports.conftest import NAME, PHONE, WORDS
from tests.refusals import refused

pytestmark = pytest.mark.django_db
WHY = "举报人人身安全受到威胁，需要保护"


@pytest.fixture
def asked(bound, sent, now):
    """The city's office has asked."""
    number = sent[0].number
    return actions.ask_unsealing(by=bound.city_office.actor, now=now, number=number, reason=WHY)


def test_two_people_unseal_and_one_sees_it_once(bound, asked, now):
    city, county = bound.city_office.actor, bound.county_leader.actor
    with refused("unseal_moved_on"):
        actions.show_identity(by=city, now=now, unsealing_id=asked.id)
    actions.approve_unsealing(by=county, now=now, unsealing_id=asked.id, reason=WHY)
    with refused("unseal_not_asker"):
        actions.show_identity(by=county, now=now, unsealing_id=asked.id)
    found = actions.show_identity(by=city, now=now, unsealing_id=asked.id)
    assert (found.name, found.phone, found.words) == (NAME, PHONE, ((now.date(), WORDS),))
    with refused("unseal_moved_on"):
        actions.show_identity(by=city, now=now, unsealing_id=asked.id)


def test_both_stand_in_the_trail_and_the_reporter_does_not(bound, asked, now):
    actions.approve_unsealing(by=bound.county_leader.actor, now=now, unsealing_id=asked.id, reason=WHY)
    actions.show_identity(by=bound.city_office.actor, now=now, unsealing_id=asked.id)
    events = AuditEvent.objects.filter(action__startswith="report.unseal").order_by("id")
    assert [(event.action, event.actor) for event in events] == [
        ("report.unseal_ask", "示例市办"), ("report.unseal_approved", "示例县长"), ("report.unsealed", "示例市办"),
    ]  # fmt: skip
    assert not [event for event in events if NAME in event.body or PHONE in event.body or WHY in event.body]


def test_nobody_approves_their_own_request(bound, asked, now):
    with refused("unseal_same"):
        actions.approve_unsealing(by=bound.city_office.actor, now=now, unsealing_id=asked.id, reason=WHY)


@pytest.mark.parametrize("who", ["village_cadre", "township_officer", "stranger", "principal"])
def test_others_cannot_ask_nor_approve(bound, sent, asked, now, who):
    by = getattr(bound, who).actor
    with refused("not_found"):
        actions.ask_unsealing(by=by, now=now, number=sent[0].number, reason=WHY)
    with refused("not_found"):
        actions.approve_unsealing(by=by, now=now, unsealing_id=asked.id, reason=WHY)


def test_a_supervisor_of_the_enterprise_does_not_approve(bound, asked, now):
    bind(bound.enterprise, bound.county_leader, now, part="assist")
    with refused("not_found"):
        actions.approve_unsealing(by=bound.county_leader.actor, now=now, unsealing_id=asked.id, reason=WHY)


def test_a_refused_request_shows_nothing_and_a_new_one_may_be_made(bound, sent, asked, now):
    with refused("unseal_open"):
        actions.ask_unsealing(by=bound.county_leader.actor, now=now, number=sent[0].number, reason=WHY)
    actions.refuse_unsealing(by=bound.county_leader.actor, now=now, unsealing_id=asked.id, reason=WHY)
    with refused("unseal_moved_on"):
        actions.show_identity(by=bound.city_office.actor, now=now, unsealing_id=asked.id)
    actions.ask_unsealing(by=bound.county_leader.actor, now=now, number=sent[0].number, reason=WHY)
    assert list(UnsealRequest.objects.order_by("id").values_list("state", flat=True)) == [
        Unsealing.REFUSED, Unsealing.ASKED,
    ]  # fmt: skip


def test_of_two_that_open_it_at_once_one_sees_it(bound, asked, now, monkeypatch):
    actions.approve_unsealing(by=bound.county_leader.actor, now=now, unsealing_id=asked.id, reason=WHY)
    stale = UnsealRequest.objects.get(id=asked.id)
    actions.show_identity(by=bound.city_office.actor, now=now, unsealing_id=asked.id)
    monkeypatch.setattr("anwang.features.reports.actions.unsealing._found", lambda *_: stale)
    with refused("unseal_moved_on"):
        actions.show_identity(by=bound.city_office.actor, now=now, unsealing_id=asked.id)


@pytest.mark.parametrize("number", ["", "JB2026", "JB2025-00001", "1", "JB2026-99999999999999999999", "x'; --"])
def test_only_the_whole_number_names_a_report(bound, sent, now, number):
    with refused("not_found"):
        actions.ask_unsealing(by=bound.city_office.actor, now=now, number=number, reason=WHY)
    assert sent
