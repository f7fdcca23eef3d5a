"""Fifty at once on one problem, fifty problems: exactly one wins, the others are told, nothing happens twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from anwang.domain.base import Refusal
from anwang.features.problems import actions
from anwang.features.problems.actions.climbing import silent
from anwang.features.problems.models import Problem, ProblemEvent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("own_connections")]
THREADS, CASES, FEW = 50, 50, 5
TOLD = {"problem_changed", "problem_moved_on"}


def raced(rounds):
    """Run the acts of each round together; of each round the list of "done" or the code of the refusal, by act."""
    start = Barrier(THREADS)

    def run(place):
        answers = []
        try:
            for acts in rounds:
                start.wait()
                answers.append(_said(acts[place % len(acts)]))
        finally:
            connections.close_all()
        return answers

    with ThreadPoolExecutor(THREADS) as pool:
        return list(zip(*pool.map(run, range(THREADS)), strict=True))


def _said(act):
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return "done"


def one_won(answers, told=TOLD):
    return answers.count("done") == 1 and set(answers) - {"done"} <= told


def kinds_of(problem_id, besides=("reported",)):
    rows = ProblemEvent.objects.filter(problem_id=problem_id).exclude(kind__in=besides).order_by("id")
    return list(rows.values_list("kind", flat=True))


@pytest.fixture
def verified(found, act):
    """A difficulty that was solved and verified, to be closed."""

    def bring(title):
        row = act("accept", "village_cadre", found("principal", kind="difficulty", title=title))
        act("solve", "village_cadre", row, text="已联系")
        return act("verify", "village_cadre", row)

    return bring


def test_of_fifty_decisions_of_one_extension_one_holds_in_fifty_problems(found, act, line, now, today):
    rows, rounds = [], []
    for number in range(CASES):
        row = act("accept", "village_cadre", found(title=f"问题 {number}"))
        act("ask", "village_cadre", row, wanted=today + timedelta(days=9), reason="等材料")
        key = {"by": line.township_officer.actor, "now": now, "problem_id": row.id, "text": "按期"}
        rows.append(row)
        rounds.append([lambda key=key, yes=yes: actions.decide(**key, approve=yes) for yes in (True, False)])
    for row, answers in zip(rows, raced(rounds), strict=True):
        row.refresh_from_db()
        # Who comes after it was decided has nothing to decide any more.
        assert one_won(answers, TOLD | {"not_yours"})
        assert row.requests.get().state == ("approved" if row.extended else "refused")
        assert kinds_of(row.id, ("reported", "accept", "ask")) == ["approved" if row.extended else "refused"]


def test_silence_or_the_leader_and_never_both_in_fifty_problems(found, line, now):
    """On the day after the last one for accepting, the leader accepts while the clock lets it climb."""
    rows = [found(title=f"问题 {number}") for number in range(CASES)]
    late, by, system = now + timedelta(days=2), line.village_cadre.actor, line.system
    rounds = [
        [lambda row=row: silent(row.id, by=system, now=late),
         lambda row=row: actions.accept(by=by, now=late, problem_id=row.id)]
        for row in rows
    ]  # fmt: skip
    raced(rounds)
    for row in rows:
        row.refresh_from_db()
        assert kinds_of(row.id) in (["silence"], ["accept"])
        assert (row.hops, row.state) in ((1, "escalated"), (0, "accepted"))


def test_closed_not_fixed_or_reopened_follow_each_other_and_never_double_in_fifty_problems(verified, line, now):
    rows = [verified(f"问题 {number}") for number in range(CASES)]
    leader, firm = line.village_cadre.actor, line.principal.actor

    def acts(row):
        key = {"now": now, "problem_id": row.id}
        return [lambda: actions.close(by=leader, **key),
                lambda: actions.reopen(by=firm, text="没人来", **key),
                lambda: actions.unfixed(by=leader, text="还差一项", **key)]  # fmt: skip

    raced([acts(row) for row in rows])
    before = ("reported", "accept", "solve", "verify")
    for row in rows:
        row.refresh_from_db()
        kinds = kinds_of(row.id, before)
        assert kinds in (["close"], ["unfixed"], ["close", "reopen"])
        assert row.state == {"close": "closed", "unfixed": "accepted", "reopen": "reopened"}[kinds[-1]]
        assert row.reopened == kinds.count("reopen")


def test_of_fifty_who_accept_return_or_escalate_one_holds(found, line, now):
    by, keys = line.village_cadre.actor, []
    for number in range(FEW):
        keys.append({"by": by, "now": now, "problem_id": found(title=f"问题 {number}").id})
    rounds = [
        [lambda key=key: actions.accept(**key),
         lambda key=key: actions.give_back(**key, text="请补充"),
         lambda key=key: actions.escalate(**key, reason="means")]
        for key in keys
    ]  # fmt: skip
    for key, answers in zip(keys, raced(rounds), strict=True):
        kinds = kinds_of(key["problem_id"])
        assert answers.count("done") == len(kinds)
        # An escalated one is no longer the cadre's; an accepted or returned one may still climb, a returned one be
        # accepted after all.
        assert kinds in (
            ["accept"], ["return"], ["escalate"], ["accept", "escalate"], ["return", "escalate"], ["return", "accept"],
            ["return", "accept", "escalate"],
        )  # fmt: skip


def test_of_fifty_pages_of_the_same_version_one_is_taken(found, line, now):
    rows = [found(title=f"问题 {number}") for number in range(FEW)]
    keys = [{"by": line.village_cadre.actor, "now": now, "problem_id": row.id, "version": row.version} for row in rows]
    rounds = [[lambda key=key: actions.accept(**key), lambda key=key: actions.note(**key, text="在看")] for key in keys]
    assert all(one_won(answers) for answers in raced(rounds))
    assert [row.events.count() for row in rows] == [2] * FEW


def test_fifty_schedulers_climb_once(found, line, now):
    rows = [found(title=f"问题 {number}") for number in range(FEW)]
    later = now + timedelta(days=5)
    raced([[lambda: actions.climb(by=line.system, now=later)]])
    for row in rows:
        row.refresh_from_db()
        assert (row.hops, row.events.filter(kind="silence").count()) == (1, 1)


def test_fifty_hand_overs_move_the_follower_once_beside_the_leader(found, line, now):
    rows = [found(title=f"问题 {number}") for number in range(FEW)]
    takers = {line.enterprise.id: line.second.person.id}
    key = {"by": line.county_leader.actor, "now": now, "from_person": line.village_cadre.person.id, "takers": takers}
    leader = {"by": line.village_cadre.actor, "now": now, "text": "在看"}
    rounds = [
        [lambda: actions.hand_over(**key, reason="退休"), lambda row=row: actions.note(**leader, problem_id=row.id)]
        for row in rows
    ]
    raced(rounds)
    for row in rows:
        row.refresh_from_db()
        assert (row.tracker, kinds_of(row.id).count("follow")) == (line.second.person, 1)
        assert row.version == row.events.count()


def test_the_same_form_sent_fifty_times_at_once_is_one_problem(found, line):
    keys = [uuid4() for _number in range(FEW)]
    for answers in raced([[lambda key=key: found(client_id=key)] for key in keys]):
        assert set(answers) == {"done"}
    assert Problem.objects.filter(client_id__in=keys).count() == FEW


def test_of_fifty_who_hand_it_to_the_same_department_one_holds(found, act, line, now):
    rows = [act("escalate", "village_cadre", found(title=f"问题 {number}"), reason="means") for number in range(FEW)]
    rows = [act("accept", "township_officer", row) for row in rows]
    key = {"by": line.township_officer.actor, "now": now, "posts": [line.clerk.post.id]}
    for answers in raced([[lambda row=row: actions.hand(**key, problem_id=row.id)] for row in rows]):
        assert one_won(answers)
    assert [row.referrals.count() for row in rows] == [1] * FEW
