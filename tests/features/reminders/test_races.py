"""Two ticks at once: each thing once."""

import pytest

from anwang.features.notices.models import Message
from anwang.features.reminders import actions
from tests.features.reminders.conftest import at
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("own_connections")]


def test_two_digests_at_once_are_one(owe, cast):
    owe("2026-11-30")
    results = at_once(*[lambda: actions.send_digest(by=cast.system, now=at("2026-11-27 08:00"))] * 4)
    assert sorted(run.people for run in results) == [0, 0, 0, 1]
    assert Message.objects.count() == 1


def test_two_ticks_at_once_take_turns(owe, cast):
    owe("2026-11-30")
    results = at_once(*[lambda: actions.tick(by=cast.system, now=at("2026-11-27 08:00"), wait=60)] * 3)
    assert all(step.ok for run in results for step in run)
    assert Message.objects.count() == 1


def test_a_tick_that_may_not_wait_is_refused(owe, cast):
    owe("2026-11-30")
    results = at_once(*[lambda: actions.tick(by=cast.system, now=at("2026-11-27 08:00"))] * 3)
    assert sum(run == "tick_busy" for run in results) < 3
    assert Message.objects.count() == 1
