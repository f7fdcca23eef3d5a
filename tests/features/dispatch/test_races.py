"""Two at once on one task: exactly one wins, the other is told, nothing counts twice."""

import pytest

from anwang.features.dispatch import actions
from anwang.features.dispatch.models import Extension, Receipt, Task, TaskEvent
from tests.features.dispatch.conftest import DUE, NEXT_VILLAGE, VILLAGE, receipt_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("own_connections")]
REPEATS = 5


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


def test_of_taking_back_and_accepting_at_once_one_holds(arrange, line, now):
    for _ in range(REPEATS):
        row = Receipt.objects.get(task=arrange("township_officer", units=[VILLAGE]))
        actions.complete(by=line.village_cadre.actor, now=now, receipt_id=row.id, result="已办")
        found = at_once(
            lambda key=row.id: actions.retract(by=line.village_cadre.actor, now=now, receipt_id=key),
            lambda key=row.id: actions.accept(by=line.township_officer.actor, now=now, receipt_id=key),
        )
        row.refresh_from_db()
        kinds = set(row.events.values_list("kind", flat=True))
        if row.state == "done":
            assert (found[0], row.accepted_by, kinds) == ("task_accepted", "示例镇员", {"done", "accepted"})
        else:
            assert (found[1], row.accepted_at, kinds) == ("nothing_to_accept", None, {"done", "retracted"})


def test_taken_back_twice_at_once_it_is_taken_back_once(arrange, line, now):
    row = Receipt.objects.get(task=arrange("township_officer", units=[VILLAGE]))
    actions.complete(by=line.village_cadre.actor, now=now, receipt_id=row.id, result="已办")
    found = at_once(
        lambda: actions.retract(by=line.village_cadre.actor, now=now, receipt_id=row.id),
        lambda: actions.redo(by=line.township_officer.actor, now=now, receipt_id=row.id, reason="重办"),
    )
    assert found.count("task_moved_on") == 1
    row.refresh_from_db()
    assert (row.state, row.redone) == ("working", 1)
