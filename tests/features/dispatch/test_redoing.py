"""Done by mistake, or not done well: taken back with its trace, the clock of the task goes on (附件4.8)."""

from datetime import timedelta

import pytest

from anwang.domain.duties.rules import Form
from anwang.features.dispatch import actions
from anwang.features.dispatch.models import Receipt
from anwang.features.duties import actions as duties
from anwang.features.duties import queries as ledger
from anwang.features.duties.models import Contact, Obligation
from anwang.features.notices.models import Message
from tests.cast import TOWNSHIP
from tests.features.dispatch.conftest import NEXT_VILLAGE, VILLAGE, receipt_of
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)


@pytest.fixture
def done(arrange, line, now):
    """The county's task, done by the township."""
    task = arrange(units=[TOWNSHIP])
    complete(task, line.township_officer, now)
    return task


def complete(task, member, now, **more):
    key = receipt_of(task, member).id
    return actions.complete(by=member.actor, now=now, receipt_id=key, result="已办", **more)


def retract(task, member, now, **more):
    return actions.retract(by=member.actor, now=now, receipt_id=receipt_of(task, member).id, **more)


def redo(task, member, by, now, reason="照片看不清", **more):
    key = receipt_of(task, member).id
    return actions.redo(by=by.actor, now=now, receipt_id=key, reason=reason, **more)


def state(task, member):
    return receipt_of(task, member).state


def test_the_doer_takes_a_mistake_back_and_no_clock_starts_anew(done, line, now):
    before = receipt_of(done, line.township_officer)
    retract(done, line.township_officer, now + DAY)
    row = receipt_of(done, line.township_officer)
    done.refresh_from_db()
    assert (row.state, row.ended_at, row.result, row.redone) == ("working", None, "", 1)
    assert (row.due, row.arrived_at, row.received_at) == (before.due, before.arrived_at, before.received_at)
    assert (done.state, done.finished_at) == ("issued", None)
    assert list(row.events.order_by("id").values_list("kind", "text")) == [("done", "已办"), ("retracted", "已办")]
    assert Message.objects.filter(to=line.county_leader.person, title__contains="撤销办结").exists()


def test_done_again_after_the_deadline_it_is_late(done, line, now):
    retract(done, line.township_officer, now)
    complete(done, line.township_officer, now + 60 * DAY)
    assert receipt_of(done, line.township_officer).late


def test_after_three_days_only_the_sender_sends_it_back(done, line, now):
    with refused("retract_late"):
        retract(done, line.township_officer, now + 4 * DAY)
    redo(done, line.township_officer, line.county_leader, now + 4 * DAY)
    row = receipt_of(done, line.township_officer)
    assert (row.state, row.redone, row.redo_reason) == ("working", 1, "照片看不清")
    assert Message.objects.filter(to=line.township_officer.person, title__contains="退回重办").exists()


def test_what_was_accepted_the_doer_leaves_alone(done, line, now):
    actions.accept(by=line.county_leader.actor, now=now, receipt_id=receipt_of(done, line.township_officer).id)
    with refused("task_accepted"):
        retract(done, line.township_officer, now)
    redo(done, line.township_officer, line.county_leader, now)
    row = receipt_of(done, line.township_officer)
    assert (row.accepted_at, row.accepted_by) == (None, "")


def test_a_reason_is_written_and_strangers_send_nothing_back(done, line, now):
    with refused("reason_missing"):
        redo(done, line.township_officer, line.county_leader, now, reason=" ")
    with refused("not_found"):
        redo(done, line.township_officer, line.stranger, now)
    with refused("not_sender"):
        redo(done, line.township_officer, line.township_officer, now)
    with refused("not_yours"):
        actions.retract(by=line.county_leader.actor, now=now, receipt_id=receipt_of(done, line.township_officer).id)


def test_what_is_not_done_is_not_taken_back(arrange, line, now):
    task = arrange(units=[TOWNSHIP])
    with refused("task_moved_on"):
        retract(task, line.township_officer, now)
    with refused("nothing_to_accept"):
        actions.accept(by=line.county_leader.actor, now=now, receipt_id=receipt_of(task, line.township_officer).id)


def test_a_done_receipt_is_not_opened_by_working_on_it(done, line, now):
    with refused("task_moved_on"):
        actions.report_progress(by=line.township_officer.actor, now=now, receipt_id=Receipt.objects.get().id, text="又")


def test_the_levels_above_go_on_too(cascaded, line, now):
    complete(cascaded, line.township_officer, now + 2 * DAY)
    assert state(cascaded, line.county_leader) == "done"
    retract(cascaded, line.township_officer, now + 3 * DAY)
    cascaded.refresh_from_db()
    county = receipt_of(cascaded, line.county_leader)
    assert (cascaded.state, county.state, county.ended_at, county.result) == ("issued", "handed", None, "")
    complete(cascaded, line.township_officer, now + 4 * DAY)
    cascaded.refresh_from_db()
    assert (cascaded.state, state(cascaded, line.county_leader)) == ("finished", "done")


def test_what_the_city_accepted_only_the_city_opens(cascaded, line, now):
    complete(cascaded, line.township_officer, now + 2 * DAY)
    assert actions.accept_all(by=line.city_office.actor, now=now, task_id=cascaded.id) == 1
    with refused("task_accepted"):
        retract(cascaded, line.township_officer, now + 2 * DAY)
    with refused("task_accepted"):
        redo(cascaded, line.township_officer, line.county_leader, now)
    redo(cascaded, line.township_officer, line.city_office, now)
    assert receipt_of(cascaded, line.county_leader).accepted_at is None
    with refused("nothing_to_accept"):
        actions.accept_all(by=line.city_office.actor, now=now, task_id=cascaded.id)


def test_what_those_below_did_is_sent_back_to_them(cascaded, line, now):
    complete(cascaded, line.township_officer, now + 2 * DAY)
    with refused("done_below"):
        redo(cascaded, line.county_leader, line.city_office, now)


def test_of_a_one_must_everybody_has_it_again_as_before(arrange, line, now):
    task = arrange("township_officer", units=[VILLAGE, NEXT_VILLAGE], mode="any")
    actions.receive(by=line.neighbour.actor, now=now, receipt_id=receipt_of(task, line.neighbour).id)
    complete(task, line.village_cadre, now)
    assert state(task, line.neighbour) == "covered"
    retract(task, line.village_cadre, now + DAY)
    assert (state(task, line.village_cadre), state(task, line.neighbour)) == ("working", "received")
    complete(task, line.neighbour, now + DAY)
    task.refresh_from_db()
    assert (task.state, task.settled_by) == ("finished", receipt_of(task, line.neighbour).id)
    assert state(task, line.village_cadre) == "covered"


def test_of_a_withdrawn_task_nothing_is_opened(arrange, line, now):
    task = arrange("township_officer", units=[VILLAGE, NEXT_VILLAGE])
    complete(task, line.village_cadre, now)
    actions.withdraw(by=line.township_officer.actor, now=now, task_id=task.id, reason="上级取消")
    with refused("task_over"):
        retract(task, line.village_cadre, now)


@pytest.fixture
def worked(arrange, line, now):
    """A task at the enterprise, done there by the cadre."""
    task = arrange(firms={"area": TOWNSHIP, "grades": ["general"], "industries": []})
    complete(task, line.village_cadre, now, work=work(line, now))
    return task


def work(line, now):
    return actions.FirmWork([line.enterprise.id], Form.CALL, now.date())


def test_the_enterprise_owes_it_again_on_its_old_day(worked, line, now):
    due = Obligation.objects.get().due
    retract(worked, line.village_cadre, now)
    duty = Obligation.objects.get()
    assert (duty.done_on, duty.done_at, duty.due) == (None, None, due)
    assert Contact.objects.get().void_reason == "误报办结，撤销。"
    assert ledger.tally_faults() == []


def test_done_again_it_is_another_record(worked, line, now):
    for _ in range(2):
        retract(worked, line.village_cadre, now)
        complete(worked, line.village_cadre, now, work=work(line, now))
    assert Contact.objects.filter(void_at=None).count() == 1
    assert Contact.objects.count() == 3
    assert (state(worked, line.village_cadre), Obligation.objects.get().done_on) == ("done", now.date())
    assert ledger.tally_faults() == []


def test_the_leader_opens_it_at_the_enterprise_too(worked, line, now):
    redo(worked, line.village_cadre, line.county_leader, now + 10 * DAY, firms=[line.enterprise.id])
    assert Obligation.objects.get().done_on is None
    assert Contact.objects.get().void_reason == "照片看不清"


def test_a_record_withdrawn_elsewhere_opens_the_task_once(worked, line, now):
    duties.void_contact(by=line.village_cadre.actor, now=now, contact_id=Contact.objects.get().id, reason="记错")
    for opened in (1, 0):
        assert actions.settle(by=line.system, now=now + DAY) == {"followed": 0, "opened": opened, "done": 0}
    worked.refresh_from_db()
    assert (worked.state, state(worked, line.village_cadre)) == ("issued", "working")
    complete(worked, line.village_cadre, now + DAY, work=work(line, now))
    assert Obligation.objects.get().done_on == now.date()


def test_what_a_visit_did_beside_other_duties_is_not_torn_out_of_it(arrange, line, now):
    task = arrange(firms={"area": TOWNSHIP, "grades": ["general"], "industries": []})
    duty = Obligation.objects.get()
    entries = (duties.Entry("N7.8", duty.id, {"task": "汛期", "result": "已办"}), duties.Entry("N7.1", None, {}))
    data = duties.ContactData(
        client_id="7e2f0a52-8a0e-4a25-9e0e-2f6c3c1c1a11", enterprise=line.enterprise.id, form=Form.CALL,
        person=line.village_cadre.person.id, occurred_on=now.date(), entries=entries,
    )  # fmt: skip
    duties.record_contact(by=line.village_cadre.actor, now=now, data=data)
    actions.settle(by=line.system, now=now)
    with refused("records_elsewhere"):
        retract(task, line.village_cadre, now)
