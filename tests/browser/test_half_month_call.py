"""The commonest act of all, the half-month call (三.3.2): from the first page to recorded at a person's pace."""

from __future__ import annotations

import pytest

from anwang.features.duties.actions import open_duties
from anwang.features.duties.models import Contact, Obligation
from tests.browser.person import Person
from tests.features.duties.conftest import bind

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_half_month_call_takes_six_taps_and_a_minute_at_most(cast, now, visit, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    bind(cast.enterprise, cast.village_cadre, now)
    open_duties(by=cast.system, now=now)
    cadre = visit("village_cadre", 390)
    cadre.open("/")
    person = Person(cadre.page)
    person.tap("a:has-text('打电话')", leads_on=True)
    cadre.look("call")
    for question in ("with_whom", "reached", "problems_raised"):
        person.read(f"#f-answer_{question}")
    person.tap(".aw-choice:has(input[name*=reached][value=yes])")
    person.tap(".aw-choice:has(input[name*=problems][value=no])")
    person.tap("button:has-text('提交登记')", leads_on=True)
    cadre.look("call-recorded")
    print(f"{person.taps} taps, {person.seconds:.0f} s")
    assert Contact.objects.get().form == "call"
    assert Obligation.objects.get(rule="N7.2", enterprise=cast.enterprise).done_at
    assert person.taps <= 6
    assert person.seconds <= 60
