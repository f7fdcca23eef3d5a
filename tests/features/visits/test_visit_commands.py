"""`anwang visits`: a unit's plan as one JSON object, and what records have closed."""

import json

import pytest

from anwang.features.visits.models import Visit
from tests.contract.test_cli import run

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def on_the_day(opened, now, monkeypatch):
    monkeypatch.setattr("anwang.web.console.timezone.now", lambda: now)
    return opened


def test_a_plan_is_figures_and_changes_nothing(on_the_day, capsys):
    code, out, _err = run(capsys, "visits", "plan", "--until", "2026-12-31", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["persons"], found["enterprises"], found["records"], found["contacts"]) == (2, 2, 16, 8)
    assert found["lower_bound"] == found["contacts"]
    assert found["impossible"] == 0
    assert {"days", "seconds", "until"} <= set(found)
    assert Visit.objects.count() == 0


def test_one_person_or_one_unit_is_planned(on_the_day, capsys):
    person = str(on_the_day.village_cadre.person.id)
    _code, one, _err = run(capsys, "visits", "plan", "--person", person, "--until", "2026-12-31", "--json")
    _code, unit, _err = run(capsys, "visits", "plan", "--unit", "371302000000", "--until", "2026-12-31", "--json")
    assert json.loads(one)["contacts"] == json.loads(unit)["contacts"] == 4


def test_a_plan_is_adopted_when_asked(on_the_day, capsys):
    code, out, _err = run(capsys, "visits", "plan", "--until", "2026-12-31", "--adopt", "--json")
    assert (code, json.loads(out)["adopted"]) == (0, 2)
    assert Visit.objects.count() == 8


def test_a_day_in_the_past_is_wrong_usage(on_the_day, capsys):
    assert run(capsys, "visits", "plan", "--until", "2026-01-01")[0] == 2


def test_settling_says_how_many(on_the_day, capsys):
    code, out, _err = run(capsys, "visits", "settle", "--json")
    assert (code, json.loads(out)) == (0, {"closed": 0})
