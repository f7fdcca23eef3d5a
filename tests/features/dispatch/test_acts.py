"""Arranging, taking, handing down, giving back, ending (附件4.8)."""

from datetime import date, timedelta

import pytest

from anwang.features.audit.models import AuditEvent
from anwang.features.dispatch import actions, queries
from anwang.features.dispatch.models import Extension, Receipt, Task, TaskEvent
from tests.cast import LANSHAN, LUOZHUANG, TOWNSHIP
from tests.features.dispatch.conftest import DUE, NEXT_VILLAGE, VILLAGE, receipt_of
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)


def states(task):
    return sorted(Receipt.objects.filter(task=task).values_list("state", flat=True))


def draft(line, now, **given):
    fields = {
        "title": "统计危房",
        "requirement": "本周报送",
        "due": DUE,
        "targets": {"kind": "units", "units": [TOWNSHIP]},
    }
    return actions.draft(by=line.county_leader.actor, now=now, data=actions.TaskData(**(fields | given)))


def test_a_draft_reaches_nobody_before_it_is_issued(line, now):
    task = draft(line, now)
    assert not Receipt.objects.exists()
    assert queries.find_task(task.id, by=line.county_leader.actor)
    assert queries.find_task(task.id, by=line.township_officer.actor) is None


def test_a_unit_is_its_leader(arrange, line):
    row = Receipt.objects.get(task=arrange(units=[TOWNSHIP]))
    assert (row.person, row.as_unit, row.state) == (line.township_officer.person, True, "issued")


def test_what_lies_outside_the_territory_is_not_reached(line, now):
    with refused("nobody_reached"):
        draft(line, now, targets={"kind": "units", "units": [LUOZHUANG]})
    with refused("nobody_reached"):
        draft(line, now, targets={"kind": "posts", "posts": [line.stranger.post.id]})


def test_a_supervisor_arranges_nothing(line, now):
    with refused("not_leader"):
        actions.draft(
            by=line.second.actor, now=now, data=actions.TaskData("一", "二", DUE, {"kind": "posts", "posts": []})
        )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"due": date(2026, 11, 23)}, "due_past"),
        ({"given_due": date(2026, 12, 25)}, "due_beyond"),
        ({"given_due": date(2026, 12, 1)}, "due_keeps_too_much"),
        ({"title": " "}, "text_missing"),
        ({"title": "长" * 121}, "text_long"),
    ],
)
def test_a_draft_with_a_fault_is_refused(line, now, given, code):
    with refused(code):
        draft(line, now, **given)


def test_the_deadline_offered_leaves_the_share_of_those_below(line, now):
    assert draft(line, now).given_due == date(2026, 12, 17)  # of thirty days a county keeps seven


def test_a_task_is_issued_once(arrange, line, now):
    task = arrange(units=[TOWNSHIP])
    with refused("task_issued"):
        actions.issue(by=line.county_leader.actor, now=now, task_id=task.id)
    with refused("task_issued"):
        actions.drop_draft(by=line.county_leader.actor, now=now, task_id=task.id)
    assert Receipt.objects.count() == 1


def test_a_draft_thrown_away_is_gone(line, now):
    actions.drop_draft(by=line.county_leader.actor, now=now, task_id=draft(line, now).id)
    assert not Task.objects.exists()


def test_taking_it_is_an_act_and_done_once(arrange, line, now):
    row = Receipt.objects.get(task=arrange(units=[TOWNSHIP]))
    actions.receive(by=line.township_officer.actor, now=now, receipt_id=row.id)
    with refused("task_moved_on"):
        actions.receive(by=line.township_officer.actor, now=now, receipt_id=row.id)
    assert [event.kind for event in TaskEvent.objects.filter(receipt=row)] == ["received"]
    assert AuditEvent.objects.filter(action="task.received").count() == 1


def test_who_does_not_hold_it_does_not_act_on_it(arrange, line, now):
    row = Receipt.objects.get(task=arrange(units=[TOWNSHIP]))
    with refused("not_yours"):
        actions.receive(by=line.county_leader.actor, now=now, receipt_id=row.id)
    with refused("not_found"):
        actions.receive(by=line.stranger.actor, now=now, receipt_id=row.id)


def test_what_everybody_must_do_is_finished_with_the_last(arrange, line, now):
    task = arrange("township_officer", units=[VILLAGE, NEXT_VILLAGE])
    for member in (line.village_cadre, line.neighbour):
        task.refresh_from_db()
        assert task.state == "issued"
        actions.complete(by=member.actor, now=now, receipt_id=receipt_of(task, member).id, result="已逐户提醒")
    task.refresh_from_db()
    assert (task.state, states(task)) == ("finished", ["done", "done"])


def test_what_one_must_do_is_done_for_all(arrange, line, now):
    task = arrange("township_officer", units=[VILLAGE, NEXT_VILLAGE], mode="any")
    actions.complete(by=line.neighbour.actor, now=now, receipt_id=receipt_of(task, line.neighbour).id, result="已办")
    task.refresh_from_db()
    assert (task.state, states(task)) == ("finished", ["covered", "done"])
    with refused("task_moved_on"):
        actions.complete(
            by=line.village_cadre.actor, now=now, receipt_id=receipt_of(task, line.village_cadre).id, result="我也办了"
        )


def test_what_one_did_for_all_ends_what_was_handed_down_beside(arrange, line, now):
    task = arrange("township_officer", units=[VILLAGE, NEXT_VILLAGE], mode="any")
    actions.hand_down(
        by=line.village_cadre.actor, now=now, receipt_id=receipt_of(task, line.village_cadre).id,
        targets={"kind": "posts", "posts": [line.second.post.id]},
    )  # fmt: skip
    actions.complete(by=line.neighbour.actor, now=now, receipt_id=receipt_of(task, line.neighbour).id, result="已办")
    assert states(task) == ["covered", "covered", "done"]


def test_a_task_done_after_its_last_day_is_late(arrange, line, now):
    row = Receipt.objects.get(task=arrange("township_officer", units=[VILLAGE]))
    actions.complete(by=line.village_cadre.actor, now=now + 31 * DAY, receipt_id=row.id, result="晚了")
    row.refresh_from_db()
    assert row.late


def test_a_result_is_written(arrange, line, now):
    row = Receipt.objects.get(task=arrange("township_officer", units=[VILLAGE]))
    with refused("result_missing"):
        actions.complete(by=line.village_cadre.actor, now=now, receipt_id=row.id, result=" ")


# -- down the levels, inside the budget


def test_down_the_levels_nobodys_deadline_lies_after_the_one_above(cascaded, line, now):
    actions.hand_down(
        by=line.township_officer.actor, now=now + 2 * DAY, receipt_id=receipt_of(cascaded, line.township_officer).id,
        targets={"kind": "units", "units": [VILLAGE]},
    )  # fmt: skip
    dues = [receipt_of(cascaded, who).due for who in (line.county_leader, line.township_officer, line.village_cadre)]
    assert DUE >= dues[0] >= dues[1] >= dues[2] > date(2026, 12, 2)
    assert states(cascaded) == ["handed", "handed", "issued"]


def test_who_hands_down_late_is_marked_with_the_days(cascaded, line, now):
    row = receipt_of(cascaded, line.township_officer)
    done = actions.hand_down(
        by=line.township_officer.actor, now=now + 12 * DAY, receipt_id=row.id,
        targets={"kind": "units", "units": [VILLAGE]},
    )  # fmt: skip
    row.refresh_from_db()
    assert done["over"] == row.kept_over == 12 - 1 - (row.keep_until - date(2026, 11, 25)).days > 0


def test_after_the_own_deadline_nothing_is_handed_down(cascaded, line, now):
    row = receipt_of(cascaded, line.township_officer)
    with refused("handing_overdue"):
        actions.hand_down(by=line.township_officer.actor, now=now + 30 * DAY, receipt_id=row.id,
                          targets={"kind": "units", "units": [VILLAGE]})  # fmt: skip
    row.refresh_from_db()
    assert row.state == "issued"


def test_the_last_one_below_completes_every_level_above(cascaded, line, now):
    actions.hand_down(
        by=line.township_officer.actor, now=now + 2 * DAY, receipt_id=receipt_of(cascaded, line.township_officer).id,
        targets={"kind": "units", "units": [VILLAGE, NEXT_VILLAGE]},
    )  # fmt: skip
    for member in (line.village_cadre, line.neighbour):
        row = receipt_of(cascaded, member)
        actions.complete(by=member.actor, now=now + 3 * DAY, receipt_id=row.id, result="已办")
    cascaded.refresh_from_db()
    assert (cascaded.state, states(cascaded)) == ("finished", ["done"] * 4)


def test_who_handed_down_does_not_complete_over_the_heads_of_those_below(cascaded, line, now):
    with refused("children_open"):
        actions.complete(
            by=line.county_leader.actor,
            now=now,
            receipt_id=receipt_of(cascaded, line.county_leader).id,
            result="都办了",
        )


def test_when_all_that_was_handed_down_is_taken_back_it_is_in_hand_again(cascaded, line, now):
    row = receipt_of(cascaded, line.township_officer)
    actions.take_back(by=line.county_leader.actor, now=now + DAY, receipt_id=row.id, reason="自己办")
    assert states(cascaded) == ["received", "withdrawn"]


def test_nobody_gets_the_same_task_twice(arrange, line, now):
    task = arrange("county_leader", posts=[line.township_officer.post.id, line.village_cadre.post.id])
    with refused("reached_already"):
        actions.hand_down(
            by=line.township_officer.actor, now=now, receipt_id=receipt_of(task, line.township_officer).id,
            targets={"kind": "units", "units": [VILLAGE]},
        )  # fmt: skip
    assert states(task) == ["issued", "issued"]


# -- back to the sender


def returned(arrange, line, now):
    task = arrange("township_officer", units=[VILLAGE])
    row = Receipt.objects.get(task=task)
    actions.give_back(by=line.village_cadre.actor, now=now, receipt_id=row.id, reason="本村没有危房")
    return row


def test_a_returned_task_waits_for_the_sender(arrange, line, now):
    row = returned(arrange, line, now)
    count, waiting = queries.to_decide(line.township_officer.actor)
    assert (count, waiting[0].receipt, waiting[0].reason) == (1, row, "本村没有危房")


def test_the_sender_puts_it_right_and_it_comes_again(arrange, line, now):
    row = returned(arrange, line, now)
    actions.correct(by=line.township_officer.actor, now=now, receipt_id=row.id, note="只查出租屋")
    row.refresh_from_db()
    assert (row.state, row.note) == ("issued", "只查出租屋")


def test_the_sender_gives_no_more_time_than_the_own(arrange, line, now):
    row = returned(arrange, line, now)
    with refused("due_beyond"):
        actions.correct(by=line.township_officer.actor, now=now, receipt_id=row.id, note="x", due=DUE + DAY)


def test_the_sender_hands_it_to_another(arrange, line, now):
    row = returned(arrange, line, now)
    new = actions.resend(by=line.township_officer.actor, now=now, receipt_id=row.id, post_id=line.second.post.id)
    row.refresh_from_db()
    assert row.state == "replaced"
    assert Receipt.objects.get(id=new).person == line.second.person


def test_what_was_not_returned_is_not_handed_to_another(arrange, line, now):
    row = Receipt.objects.get(task=arrange("township_officer", units=[VILLAGE]))
    with refused("task_moved_on"):
        actions.resend(by=line.township_officer.actor, now=now, receipt_id=row.id, post_id=line.second.post.id)


def test_a_task_withdrawn_ends_everywhere_and_keeps_what_was_done(arrange, line, now):
    task = arrange("township_officer", units=[VILLAGE, NEXT_VILLAGE])
    actions.complete(by=line.neighbour.actor, now=now, receipt_id=receipt_of(task, line.neighbour).id, result="已办")
    assert actions.withdraw(by=line.township_officer.actor, now=now, task_id=task.id, reason="上级取消") == 1
    assert states(task) == ["done", "withdrawn"]
    with refused("task_over"):
        actions.withdraw(by=line.township_officer.actor, now=now, task_id=task.id, reason="再来")


# -- more time


def test_the_sender_grants_time_inside_the_own_deadline(cascaded, line, now):
    row = receipt_of(cascaded, line.township_officer)
    above = receipt_of(cascaded, line.county_leader)
    asked = actions.ask(by=line.township_officer.actor, now=now, receipt_id=row.id, wanted=above.due, reason="人手不够")
    assert queries.to_decide(line.county_leader.actor)[0] == 1
    actions.decide(by=line.county_leader.actor, now=now, extension_id=asked.id, approve=True)
    row.refresh_from_db()
    assert (row.due, row.extended) == (above.due, 1)


def test_beyond_the_own_deadline_only_the_issuer_grants_and_lifts_the_way_down(cascaded, line, now):
    row = receipt_of(cascaded, line.township_officer)
    asked = actions.ask(by=line.township_officer.actor, now=now, receipt_id=row.id, wanted=DUE, reason="人手不够")
    assert queries.to_decide(line.county_leader.actor)[0] == 0
    assert queries.to_decide(line.city_office.actor)[0] == 1
    with refused("extension_beyond"):
        actions.decide(by=line.county_leader.actor, now=now, extension_id=asked.id, approve=True)
    actions.decide(by=line.city_office.actor, now=now, extension_id=asked.id, approve=True)
    assert receipt_of(cascaded, line.township_officer).due == receipt_of(cascaded, line.county_leader).due == DUE


def test_a_refusal_says_why(cascaded, line, now):
    row = receipt_of(cascaded, line.township_officer)
    asked = actions.ask(by=line.township_officer.actor, now=now, receipt_id=row.id, wanted=DUE, reason="人手不够")
    with refused("reason_missing"):
        actions.decide(by=line.county_leader.actor, now=now, extension_id=asked.id, approve=False)
    actions.decide(by=line.county_leader.actor, now=now, extension_id=asked.id, approve=False, answer="时间够")
    with refused("extension_decided"):
        actions.decide(by=line.city_office.actor, now=now, extension_id=asked.id, approve=True)
    assert receipt_of(cascaded, line.township_officer).due < DUE


def test_one_request_for_time_waits_at_once_and_ends_with_its_receipt(cascaded, line, now):
    row = receipt_of(cascaded, line.township_officer)
    more = {"by": line.township_officer.actor, "now": now, "receipt_id": row.id, "wanted": DUE, "reason": "人手不够"}
    actions.ask(**more)
    with refused("extension_waiting"):
        actions.ask(**more)
    actions.complete(by=line.township_officer.actor, now=now, receipt_id=row.id, result="已办")
    assert Extension.objects.get().state == "dropped"


# -- reminding


def test_a_reminder_is_sent_once_a_day(cascaded, line, now):
    row = receipt_of(cascaded, line.township_officer)
    actions.urge(by=line.county_leader.actor, now=now, receipt_id=row.id)
    with refused("urged_today"):
        actions.urge(by=line.city_office.actor, now=now, receipt_id=row.id)
    actions.urge(by=line.city_office.actor, now=now + DAY, receipt_id=row.id)
    assert TaskEvent.objects.filter(kind="urged", receipt=row).count() == 2


def test_all_who_still_have_it_are_reminded_at_once(arrange, line, now):
    task = arrange("township_officer", units=[VILLAGE, NEXT_VILLAGE])
    actions.complete(by=line.neighbour.actor, now=now, receipt_id=receipt_of(task, line.neighbour).id, result="已办")
    assert actions.urge_all(by=line.township_officer.actor, now=now, task_id=task.id) == 1
    with refused("nobody_to_urge"):
        actions.urge_all(by=line.township_officer.actor, now=now, task_id=task.id)


def test_a_stranger_sees_none_of_it(cascaded, line):
    row = receipt_of(cascaded, line.township_officer)
    assert queries.find_task(cascaded.id, by=line.stranger.actor) is None
    assert queries.find_receipt(row.id, by=line.stranger.actor) is None
    assert queries.find_receipt(row.id, by=line.village_cadre.actor) is None


def test_another_unit_without_a_leader_is_named(line, now):
    found = queries.reach({"kind": "units", "units": [LANSHAN, 371302102000]}, by=line.city_office.actor, on=now.date())
    assert [each.person for each in found.to] == [line.county_leader.person.id]
    assert [reason.code for reason in found.missed] == ["unit_without_leader"]
