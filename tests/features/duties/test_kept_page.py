"""A contact page that is kept on a phone: it brings all questions along, and names duties that it cannot know yet."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from anwang.features.duties.actions import open_duties
from anwang.features.duties.models import Contact, Obligation
from anwang.features.duties.queries import tally_faults

from .pages import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
JSON = {"accept": "application/json"}


@pytest.fixture
def page(opened):
    return f"{reverse('contact_new')}?enterprise={opened.enterprise.id}"


@pytest.fixture
def phone(opened):
    return opened.sign_in("village_cadre")


@pytest.fixture
def next_half(opened, now, freeze):
    """A week on, in the first half of December, whose duties are open."""
    later = now + timedelta(days=8)
    freeze(later)
    open_duties(by=opened.system, now=later)
    return later.date()


def call_of(opened, day):
    rows = Obligation.objects.filter(enterprise=opened.enterprise, rule="N7.2")
    return rows.get(start__lte=day, due__gte=day)


def test_the_page_brings_along_every_question_of_its_form(phone, page):
    spare = phone.get(page + "&form=on_site").content.decode().partition("<template data-spare>")[2]
    asked = set(re.findall(r'id="f-answer_(\w+)"', spare))
    codes = set(" ".join(re.findall(r'data-answers="([^"]*)"', spare)).split())
    assert codes
    assert codes <= asked
    assert 'id="f-late_reason"' in spare


def test_it_says_until_when_it_knows_the_periods_of_a_rule(phone, page):
    spare = phone.get(page + "&form=call").content.decode().partition("<template data-spare>")[2]
    assert re.findall(r'data-coming="([\d-]+)"><input[^>]*value="N7.2"', spare) == ["2026-11-30"]


def test_a_duty_named_by_its_rule_is_that_of_the_day_it_was_done(opened, phone, page, next_half, today):
    answer = phone.post(page, form_of(next_half, "N7.2", rules=["N7.2"]), headers=JSON)
    assert answer.status_code == 201
    assert call_of(opened, next_half).done_on == next_half
    assert call_of(opened, today).done_at is None
    assert tally_faults() == []


def test_sent_again_it_is_the_same_record(opened, phone, page, next_half):
    sent = form_of(next_half, "N7.2", rules=["N7.2"])
    assert phone.post(page, sent, headers=JSON).status_code == 201
    assert phone.post(page, sent, headers=JSON).status_code == 200
    assert Contact.objects.count() == 1


def test_a_rule_that_owes_nothing_on_that_day_is_refused_at_its_field(phone, page, next_half):
    assert phone.post(page, form_of(next_half, "N7.2", rules=["N7.2"]), headers=JSON).status_code == 201
    again = phone.post(page, form_of(next_half, "N7.2", rules=["N7.2"]), headers=JSON)
    assert again.status_code == 422
    assert "duty" in again.json()["errors"]


def test_a_kept_page_does_not_use_up_what_is_said_once(opened, phone, page, today):
    row = call_of(opened, today)
    phone.post(page, form_of(today, row.id, rules=["N7.2"]))
    kept = phone.get("/", headers={"Anwang-Keep": "1"}).content.decode()
    assert "完成 1 项职责" not in kept
    assert "完成 1 项职责" in phone.get("/").content.decode()
