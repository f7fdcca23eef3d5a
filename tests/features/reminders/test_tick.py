"""The periodic command: everything once however often it runs, one fault stops nothing else, two take turns."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from anwang.config import cli
from anwang.domain.base import Refusal
from anwang.features.duties.models import Obligation
from anwang.features.notices.models import Message
from anwang.features.reminders import actions
from anwang.features.reminders.actions import ticking
from anwang.features.reminders.actions.steps import Step
from anwang.features.reminders.models import TickLock
from tests.features.reminders.conftest import at
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def bound(cast, now):
    """The cadre is the lead of the enterprise, so that duties are opened for it."""
    from anwang.features.assignments.models import Assignment
    from tests.cast import SINCE

    return Assignment.objects.create(
        enterprise=cast.enterprise,
        person=cast.village_cadre.person,
        post=cast.village_cadre.post,
        level="village",
        county=cast.enterprise.county,
        township=cast.enterprise.township,
        valid_from=SINCE,
        recorded_at=now,
    )


@pytest.fixture
def tick(cast):
    def run(text, **more):
        found = actions.tick(by=cast.system, now=at(text), **more)
        assert [each for each in found if not each.ok] == []
        return {each.step: each for each in found}

    return run


@pytest.mark.slow
def test_run_twice_it_does_everything_once(tick, bound):
    first = tick("2026-11-27 08:10", force=True)
    before = Obligation.objects.count(), Message.objects.count()
    assert before == (6, 1)
    assert first["digest"].result["people"] == 1
    tick("2026-11-27 08:10", force=True)
    tick("2026-11-27 09:20", force=True)
    assert (Obligation.objects.count(), Message.objects.count()) == before


@pytest.mark.slow
def test_skipped_for_days_it_makes_up_for_them_once(tick, bound):
    tick("2026-11-27 08:10")
    tick("2026-12-02 10:00")  # a new half-month has begun, the old one is overdue
    assert set(Obligation.objects.values_list("period", flat=True)) >= {"2026-11B", "2026-12A"}
    titles = list(Message.objects.order_by("created_at").values_list("title", flat=True))
    tick("2026-12-02 10:05", force=True)
    assert titles == list(Message.objects.order_by("created_at").values_list("title", flat=True))
    assert "逾期 1 项" in titles[-1]


def test_a_step_that_is_not_due_is_left_out_until_its_time_or_a_new_day(cast, monkeypatch):
    ran = []
    step = Step("x", "一步", lambda by, now: ran.append(now) or {}, timedelta(hours=1))
    monkeypatch.setattr(ticking, "JOBS", [step])
    for text in ("2026-11-27 22:50", "2026-11-27 23:30", "2026-11-27 23:50", "2026-11-28 00:01"):
        actions.tick(by=cast.system, now=at(text))
    assert ran == [at("2026-11-27 22:50"), at("2026-11-27 23:50"), at("2026-11-28 00:01")]


def test_a_fault_of_one_step_is_told_by_a_code_and_stops_no_other(cast, monkeypatch, caplog):
    def broken(by, now):
        raise KeyError("x")

    def closed(by, now):
        raise Refusal("closed", "不行")

    steps = [Step("a", "一", broken), Step("b", "二", closed), Step("c", "三", lambda by, now: {"n": 1})]
    monkeypatch.setattr(ticking, "JOBS", steps)
    found = actions.tick(by=cast.system, now=at("2026-11-27 08:00"))
    assert [(each.step, each.ok, each.code) for each in found] == [
        ("a", False, "internal"),
        ("b", False, "closed"),
        ("c", True, ""),
    ]
    assert "a failed" in caplog.text


def test_the_command_says_what_failed_and_exits_1(capsys, monkeypatch):
    def closed(by, now):
        raise Refusal("closed", "不行")

    monkeypatch.setattr(ticking, "JOBS", [Step("b", "二", closed)])
    with pytest.raises(SystemExit) as stop:
        cli.main(["tick", "--json"])
    said = capsys.readouterr()
    assert stop.value.code == 1
    assert json.loads(said.out)["ok"] is False
    assert said.err == "closed: b: 不行\n"


def test_while_one_runs_another_is_refused(cast, monkeypatch):
    monkeypatch.setattr(ticking, "JOBS", [])
    TickLock.objects.create(id=1, holder=uuid4(), until=timezone.now() + timedelta(minutes=1))
    with refused("tick_busy"):
        actions.tick(by=cast.system, now=at("2026-11-27 08:00"))


def test_what_a_killed_run_held_is_taken_over_after_its_lease(cast, monkeypatch):
    monkeypatch.setattr(ticking, "JOBS", [])
    TickLock.objects.create(id=1, holder=uuid4(), until=timezone.now() - timedelta(seconds=1))
    actions.tick(by=cast.system, now=at("2026-11-27 08:00"))
    assert TickLock.objects.get().holder is None


@pytest.mark.slow
def test_the_dry_run_counts_and_sends_nothing(capsys, owe):
    owe("2026-11-15")
    cli.main(["reminders", "digest", "--dry-run", "--on", "2099-11-27", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert (found["people"], found["overdue"], found["holidays_assumed"]) == (1, 1, True)
    assert not Message.objects.exists()


@pytest.mark.slow
def test_the_commands_of_the_outbox_speak_json(capsys):
    for command in (["notices", "list"], ["notices", "deliver"], ["notices", "retry"]):
        cli.main([*command, "--json"])
        assert isinstance(json.loads(capsys.readouterr().out), dict)
