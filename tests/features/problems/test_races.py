"""Fifty at once on one problem: exactly one wins, the others are told, nothing happens twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, connections

from anwang.domain.base import Refusal
from anwang.features.problems import actions
from anwang.features.problems.models import Problem, ProblemEvent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
THREADS, REPEATS = 50, 5
TOLD = {"problem_changed", "problem_moved_on"}


@pytest.fixture(autouse=True)
def _own_connections():
    """Threads need a database that each of them can connect to: PostgreSQL, or SQLite in a file."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads cannot share a database in memory")


def at_once(acts):
    """Run the acts together; "done", or the codes of their refusals."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def one_won(answers):
    return answers.count("done") == 1 and set(answers) - {"done"} <= TOLD


def test_of_fifty_who_accept_return_or_escalate_one_holds(found, line, now):
    by = line.village_cadre.actor
    for number in range(REPEATS):
        key = {"by": by, "now": now, "problem_id": found(title=f"问题 {number}").id}
        acts = [
            lambda key=key: actions.accept(**key),
            lambda key=key: actions.give_back(**key, text="请补充"),
            lambda key=key: actions.escalate(**key, reason="means"),
        ]
        answers = at_once([acts[n % 3] for n in range(THREADS)])
        events = ProblemEvent.objects.filter(problem_id=key["problem_id"]).exclude(kind="reported")
        assert answers.count("done") == events.count()
        # An escalated or a returned one is no longer the cadre's to accept; an accepted one may still climb.
        assert events.count() <= 2
        assert [row.kind for row in events.order_by("id")] in (
            ["accept"], ["return"], ["escalate"], ["accept", "escalate"], ["return", "escalate"],
        )  # fmt: skip


def test_of_fifty_pages_of_the_same_version_one_is_taken(found, line, now):
    for number in range(REPEATS):
        row = found(title=f"问题 {number}")
        key = {"by": line.village_cadre.actor, "now": now, "problem_id": row.id, "version": row.version}
        acts = [lambda key=key: actions.accept(**key), lambda key=key: actions.note(**key, text="在看")]
        assert one_won(at_once([acts[n % 2] for n in range(THREADS)]))
        assert row.events.count() == 2


def test_fifty_schedulers_climb_once(found, line, now):
    for number in range(REPEATS):
        row = found(title=f"问题 {number}")
        later = now + timedelta(days=5)
        at_once([lambda later=later: actions.climb(by=line.system, now=later)] * THREADS)
        row.refresh_from_db()
        assert (row.hops, row.events.filter(kind="silence").count()) == (1, 1)


def test_fifty_decisions_of_one_extension_are_one(found, act, line, now, today):
    for number in range(REPEATS):
        row = act("accept", "village_cadre", found(title=f"问题 {number}"))
        act("ask", "village_cadre", row, wanted=today + timedelta(days=9), reason="等材料")
        key = {"by": line.township_officer.actor, "now": now, "problem_id": row.id, "text": "按期"}
        acts = [lambda key=key, yes=yes: actions.decide(**key, approve=yes) for yes in (True, False)]
        answers = at_once([acts[n % 2] for n in range(THREADS)])
        row.refresh_from_db()
        assert answers.count("done") == 1
        assert row.requests.get().state == ("approved" if row.extended else "refused")


def test_the_same_form_sent_fifty_times_at_once_is_one_problem(found, line):
    for _number in range(REPEATS):
        key = uuid4()
        answers = at_once([lambda key=key: found(client_id=key)] * THREADS)
        assert set(answers) == {"done"}
        assert Problem.objects.filter(client_id=key).count() == 1


def test_of_fifty_who_hand_it_to_the_same_department_one_holds(found, act, line, now):
    for number in range(REPEATS):
        row = act("escalate", "village_cadre", found(title=f"问题 {number}"), reason="means")
        act("accept", "township_officer", row)
        key = {"by": line.township_officer.actor, "now": now, "problem_id": row.id, "posts": [line.clerk.post.id]}
        assert one_won(at_once([lambda key=key: actions.hand(**key)] * THREADS))
        assert row.referrals.count() == 1
