"""A task that concerns enterprises stands in the ledger as N7.8, wherever duties are looked at (附件4.8)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from anwang.domain.duties.rules import Form
from anwang.features.dispatch import actions
from anwang.features.dispatch.models import Receipt
from anwang.features.duties import actions as duties
from anwang.features.duties import queries as owed
from anwang.features.duties.models import Contact, Obligation, Tally
from anwang.features.duties.queries.checks import verify
from anwang.features.statistics import queries as statistics
from tests.cast import LANSHAN, TOWNSHIP
from tests.features.dispatch.conftest import DUE, bind
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)


@pytest.fixture
def task(arrange):
    return arrange(firms={"area": TOWNSHIP, "grades": ["general"], "industries": []})


@pytest.fixture
def row(task):
    return Receipt.objects.get(task=task)


def work(line, now, *, on=None, late_reason=""):
    return actions.FirmWork([line.enterprise.id], Form.ON_SITE, on or now.date(), late_reason)


def sums_hold():
    assert owed.tally_faults() == []


def test_each_enterprise_owes_it_once_with_its_lead(task, row, line):
    duty = Obligation.objects.get()
    assert (duty.rule, duty.period, duty.enterprise_id) == ("N7.8", f"T{task.id:06d}", line.enterprise.id)
    assert (duty.person, duty.due, row.firms) == (line.village_cadre.person, task.given_due, 1)
    sums_hold()


def test_it_counts_in_the_month_of_its_last_day(task):
    assert Tally.objects.get().month == task.given_due.isoformat()[:7]


def test_done_at_the_enterprise_is_a_record_that_counts(task, row, line, now):
    given = {"by": line.village_cadre.actor, "now": now, "receipt_id": row.id, "result": "已提醒"}
    left = actions.complete(**given, work=work(line, now))
    row.refresh_from_db()
    task.refresh_from_db()
    assert (left, row.state, task.state) == (0, "done", "finished")
    record = Contact.objects.get()
    assert record.fulfilments.get().answers == {"task": "汛期安全提醒", "result": "已提醒"}
    assert record.fulfilments.get().counts
    assert Obligation.objects.get().done_on == now.date()
    sums_hold()
    assert not any(verify(on=now.date())[name] for name in ("sums", "records", "orphans"))


def test_without_an_enterprise_ticked_nothing_is_done(row, line, now):
    with refused("firms_none"):
        actions.complete(by=line.village_cadre.actor, now=now, receipt_id=row.id, result="已提醒")


def test_late_work_says_why(row, line, now):
    late = now + 40 * DAY
    given = {"by": line.village_cadre.actor, "now": late, "receipt_id": row.id, "result": "补办"}
    with refused("late_reason_missing"):
        actions.complete(**given, work=work(line, late))
    actions.complete(**given, work=work(line, late, late_reason="道路不通"))
    row.refresh_from_db()
    assert row.late
    assert Obligation.objects.get().late
    sums_hold()


def test_a_record_made_elsewhere_completes_the_receipt(row, line, now):
    duty = Obligation.objects.get()
    answers = {"task": "汛期", "result": "入企时一并提醒"}
    data = duties.ContactData(
        client_id="7e2f0a52-8a0e-4a25-9e0e-2f6c3c1c1a11", enterprise=line.enterprise.id, form=Form.CALL,
        person=line.village_cadre.person.id, occurred_on=now.date(), entries=(duties.Entry("N7.8", duty.id, answers),),
    )  # fmt: skip
    duties.record_contact(by=line.village_cadre.actor, now=now, data=data)
    assert actions.settle_firms(by=line.system, now=now) == 1
    assert actions.settle_firms(by=line.system, now=now) == 0
    row.refresh_from_db()
    assert row.state == "done"


def test_a_task_of_enterprises_is_not_handed_down_nor_done_by_one_for_all(row, line, now, arrange):
    with refused("firms_stay"):
        actions.hand_down(by=line.village_cadre.actor, now=now, receipt_id=row.id,
                          targets={"kind": "posts", "posts": [line.second.post.id]})  # fmt: skip
    with refused("any_with_firms"):
        arrange(mode="any", firms={"area": TOWNSHIP})


def test_withdrawn_it_is_waived_with_the_reason(task, line, now):
    actions.withdraw(by=line.county_leader.actor, now=now, task_id=task.id, reason="上级取消")
    assert Obligation.objects.get().waive_reason == "任务收回"
    sums_hold()


def test_more_time_holds_in_the_ledger_too(row, line, now):
    asked = actions.ask(by=line.village_cadre.actor, now=now, receipt_id=row.id, wanted=DUE, reason="企业停电")
    actions.decide(by=line.county_leader.actor, now=now, extension_id=asked.id, approve=True)
    assert Obligation.objects.get().due == DUE
    sums_hold()


def test_a_new_lead_takes_over_what_is_owed(row, line, now):
    line.enterprise.assignments.update(valid_to=now.date())
    bind(line.enterprise, line.second, now, since=now.date())
    duties.settle_changes(by=line.system, now=now)
    assert Obligation.objects.get().person == line.second.person
    sums_hold()


def test_the_receipt_follows_the_enterprise_once(task, row, line, now):
    line.enterprise.assignments.update(valid_to=now.date())
    bind(line.enterprise, line.second, now, since=now.date())
    duties.settle_changes(by=line.system, now=now)
    assert actions.settle(by=line.system, now=now) == {"followed": 1, "opened": 0, "done": 0}
    assert actions.settle(by=line.system, now=now) == {"followed": 0, "opened": 0, "done": 0}
    row.refresh_from_db()
    new = Receipt.objects.exclude(id=row.id).get()
    assert (row.state, new.person, new.firms, new.due) == ("withdrawn", line.second.person, 1, row.due)
    assert new.from_person == line.county_leader.person
    actions.complete(by=line.second.actor, now=now, receipt_id=new.id, result="接手后已办", work=work(line, now))
    task.refresh_from_db()
    assert task.state == "finished"
    sums_hold()


def test_a_closed_enterprise_owes_nothing(row, line, now):
    type(line.enterprise).objects.filter(id=line.enterprise.id).update(status="closed")
    duties.settle_changes(by=line.system, now=now)
    assert Obligation.objects.get().waived_at
    sums_hold()


def test_the_leaders_table_counts_it_and_opens_its_row(task, line, now):
    span = statistics.span_of("2026Q4", now.date())
    table = statistics.unit_table(LANSHAN, span=span, today=now.date(), rule="N7.8")
    assert (table.total.expected, table.total.ahead) == (1, 1)
    chosen = statistics.RowFilter(LANSHAN, span, "expected", "N7.8")
    assert statistics.obligation_rows(line.county_leader.actor, chosen, today=now.date()).count() == 1
    other = statistics.RowFilter(LANSHAN, statistics.span_of("2026Q3", now.date()), "expected", "N7.8")
    assert not statistics.obligation_rows(line.county_leader.actor, other, today=now.date()).exists()


def test_the_years_strip_has_its_thirty_nine_cells_still(task, line, now):
    (cells,) = owed.strips([line.enterprise.id], now.date()).values()
    assert len(cells) == 39


def test_every_page_of_duties_shows_it(task, row, line, now, monkeypatch):
    monkeypatch.setattr("anwang.config.access.timezone.now", lambda: now)
    duties.open_duties(by=line.system, now=now)
    duty = Obligation.objects.get(rule="N7.8")
    cadre, leader = line.sign_in("village_cadre"), line.sign_in("county_leader")
    number = f"任务第{task.id}号"
    contact = f"{reverse('contact_new')}?enterprise={line.enterprise.id}&obligation={duty.id}"
    assert number in cadre.get(contact).content.decode()
    assert number in cadre.get(reverse("obligation_detail", args=[duty.id])).content.decode()
    assert number in cadre.get(reverse("duty_home") + "?state=open&rule=N7.8").content.decode()
    rows = reverse("leader_rows") + f"?unit={LANSHAN}&period=2026Q4&rule=N7.8&state=expected"
    assert number in leader.get(rows).content.decode()
    assert "示例机械有限公司" in cadre.get(reverse("task_receipt", args=[row.id])).content.decode()
    assert cadre.get(reverse("home")).status_code == 200


def test_the_page_records_it_at_the_enterprise(row, line, now, monkeypatch):
    monkeypatch.setattr("anwang.config.access.timezone.now", lambda: now)
    sent = {"result": "已提醒", "firms": [line.enterprise.id], "form": "on_site", "on": "2026-11-24"}
    line.sign_in("village_cadre").post(reverse("task_done", args=[row.id]), sent)
    assert Contact.objects.get().form == "on_site"
    row.refresh_from_db()
    assert row.state == "done"


def test_an_issue_for_an_enterprise_without_a_lead_says_so(line, now):
    line.enterprise.assignments.update(valid_to=date(2026, 11, 1))
    data = actions.TaskData("一", "二", DUE, {"kind": "firms", "area": TOWNSHIP})
    with refused("nobody_reached"):
        actions.draft(by=line.county_leader.actor, now=now, data=data)
