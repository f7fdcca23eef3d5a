"""Two at once on one task: exactly one wins, the other is told, nothing counts twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from anwang.domain.base import Refusal
from anwang.features.dispatch import actions
from anwang.features.dispatch.models import Extension, Receipt, Task, TaskEvent
from tests.features.dispatch.conftest import DUE, NEXT_VILLAGE, VILLAGE, receipt_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
REPEATS = 5


@pytest.fixture(autouse=True)
def _own_connections():
    """Threads need a database that each of them can connect to: PostgreSQL, or SQLite in a file."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads cannot share a database in memory")


def at_once(*acts):
    """Run the acts together; their results, or the codes of their refusals."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def finishing(task, member, now):
    """The act of completing one's own receipt, to be run later."""
    key = receipt_of(task, member).id
    return lambda: actions.complete(by=member.actor, now=now, receipt_id=key, result="已办")


def test_of_approving_and_refusing_at_once_one_holds(cascaded, line, now):
    row = receipt_of(cascaded, line.township_officer)
    for _ in range(REPEATS):
        Extension.objects.all().delete()
        Receipt.objects.filter(id=row.id).update(extended=0)
        asked = actions.ask(by=line.township_officer.actor, now=now, receipt_id=row.id, wanted=DUE, reason="人手不够")
        say = {"by": line.city_office.actor, "now": now, "extension_id": asked.id, "answer": "按期"}
        found = at_once(
            lambda say=say: actions.decide(**say, approve=True), lambda say=say: actions.decide(**say, approve=False)
        )
        assert found.count("extension_decided") == 1
        asked.refresh_from_db()
        row.refresh_from_db()
        assert (asked.state == "approved") == (row.extended == 1)
        Receipt.objects.filter(task=cascaded).update(due=row.keep_until)


def test_of_two_who_complete_a_one_must_at_once_one_did_it(arrange, line, now):
    for _ in range(REPEATS):
        task = arrange("township_officer", units=[VILLAGE, NEXT_VILLAGE], mode="any")
        found = at_once(finishing(task, line.village_cadre, now), finishing(task, line.neighbour, now))
        assert sorted(found, key=str) in ([0, "task_moved_on"], [0, "task_settled"])
        assert sorted(Receipt.objects.filter(task=task).values_list("state", flat=True)) == ["covered", "done"]
        assert TaskEvent.objects.filter(task=task, kind="finished").count() == 1


def test_the_last_two_of_all_finish_the_task_once(arrange, line, now):
    for _ in range(REPEATS):
        task = arrange("township_officer", units=[VILLAGE, NEXT_VILLAGE])
        at_once(finishing(task, line.village_cadre, now), finishing(task, line.neighbour, now))
        assert Task.objects.get(id=task.id).state == "finished"
        assert TaskEvent.objects.filter(task=task, kind="finished").count() == 1


def test_issued_twice_at_once_it_is_issued_once(line, now):
    data = actions.TaskData("一", "二", DUE, {"kind": "units", "units": [VILLAGE, NEXT_VILLAGE]})
    task = actions.draft(by=line.township_officer.actor, now=now, data=data)
    found = at_once(*[lambda: actions.issue(by=line.township_officer.actor, now=now, task_id=task.id)] * 3)
    assert found.count("task_issued") == 2
    assert Receipt.objects.filter(task=task).count() == 2


def test_giving_back_and_taking_back_at_once_end_one_way(arrange, line, now):
    for _ in range(REPEATS):
        row = Receipt.objects.get(task=arrange("township_officer", units=[VILLAGE]))
        at_once(
            lambda key=row.id: actions.complete(by=line.village_cadre.actor, now=now, receipt_id=key, result="已办"),
            lambda key=row.id: actions.take_back(
                by=line.township_officer.actor, now=now, receipt_id=key, reason="不用办了"
            ),
        )
        row.refresh_from_db()
        kinds = set(row.events.values_list("kind", flat=True))
        assert kinds == ({"done"} if row.state == "done" else {"withdrawn"})
