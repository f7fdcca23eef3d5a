"""The pages of tasks: what each person sees and may do, and how many questions they ask of the database."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anwang.features.dispatch import actions
from anwang.features.dispatch.models import Receipt, Task, TaskFile
from tests.cast import TOWNSHIP
from tests.features.dispatch.conftest import DUE, NEXT_VILLAGE, VILLAGE, receipt_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _clock(monkeypatch, now):
    monkeypatch.setattr("anwang.config.access.timezone.now", lambda: now)


def url(name, *args):
    return reverse(name, args=args)


@pytest.fixture
def row(arrange):
    return Receipt.objects.get(task=arrange("township_officer", units=[VILLAGE]))


def test_my_tasks_show_from_whom_and_until_when(row, line):
    page = line.sign_in("village_cadre").get(url("task_mine")).content.decode()
    assert "汛期安全提醒" in page
    assert f"完成期限 {row.due}" in page
    assert "签收" in page


def test_a_danger_met_during_a_task_is_one_tap_away_from_being_reported(row, line):
    page = line.sign_in("village_cadre").get(url("task_receipt", row.id)).content.decode()
    assert url("problem_new") + "?source=task" in page


def test_one_tap_takes_a_task(row, line):
    answer = line.sign_in("village_cadre").post(url("task_receive", row.id))
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (302, "received")


def test_a_result_with_a_file_ends_it(row, line):
    file = SimpleUploadedFile("名单.pdf", PDF)
    line.sign_in("village_cadre").post(url("task_done", row.id), {"result": "已办", "files": file})
    row.refresh_from_db()
    assert (row.state, row.files.get().name) == ("done", "名单.pdf")
    answer = line.sign_in("township_officer").get(url("task_file", row.files.get().id))
    assert b"".join(answer.streaming_content) == PDF
    assert "attachment" in answer["Content-Disposition"]


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_done(row, line):
    file = SimpleUploadedFile("名单.pdf", b"<html><script>alert(1)</script></html>")
    answer = line.sign_in("village_cadre").post(url("task_done", row.id), {"result": "写好的内容", "files": file})
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (422, "issued")
    assert "写好的内容" in answer.content.decode()
    assert not TaskFile.objects.exists()


def test_a_result_is_asked_for_at_its_field(row, line):
    answer = line.sign_in("village_cadre").post(url("task_done", row.id), {"result": ""})
    assert answer.status_code == 422
    assert "请填写完成情况" in answer.content.decode()


def test_what_a_form_does_not_ask_is_not_taken(row, line):
    line.sign_in("village_cadre").post(url("task_receive", row.id), {"state": "done", "due": "2027-01-01", "late": "1"})
    row.refresh_from_db()
    assert (row.state, row.late) == ("received", False)
    assert row.due < DUE


def test_done_by_mistake_is_undone_from_the_message(row, line):
    cadre = line.sign_in("village_cadre")
    page = cadre.post(url("task_done", row.id), {"result": "已办"}, follow=True).content.decode()
    assert url("task_retract", row.id) in page
    page = cadre.post(url("task_retract", row.id), follow=True).content.decode()
    row.refresh_from_db()
    assert (row.state, row.redone) == ("working", 1)
    assert "已重办 1 次" in page


def test_the_leader_accepts_or_sends_back_and_the_doer_sees_why(row, line):
    cadre, officer = line.sign_in("village_cadre"), line.sign_in("township_officer")
    cadre.post(url("task_done", row.id), {"result": "已办"}, follow=True)
    assert url("task_redo", row.id) in officer.get(url("task_receipt", row.id)).content.decode()
    assert url("task_accept_all", row.task_id) in officer.get(url("task_detail", row.task_id)).content.decode()
    officer.post(url("task_accept_all", row.task_id))
    assert url("task_retract", row.id) not in cadre.get(url("task_receipt", row.id)).content.decode()
    assert cadre.post(url("task_retract", row.id)).status_code == 422
    assert officer.post(url("task_redo", row.id), {"reason": ""}).status_code == 422
    officer.post(url("task_redo", row.id), {"reason": "名单不全"})
    page = cadre.get(url("task_receipt", row.id)).content.decode()
    assert "退回重办：名单不全" in page
    assert "示例镇员" in page


def test_giving_it_back_and_putting_it_right(row, line):
    line.sign_in("village_cadre").post(url("task_back", row.id), {"reason": "不在本村"})
    officer = line.sign_in("township_officer")
    assert "不在本村" in officer.get(url("task_issued")).content.decode()
    assert "改派给别人" in officer.get(url("task_receipt", row.id)).content.decode()
    officer.post(url("task_correct", row.id), {"note": "只查本村的", "due": str(row.due)})
    row.refresh_from_db()
    assert row.state == "issued"


def test_a_returned_task_goes_to_another(row, line):
    line.sign_in("village_cadre").post(url("task_back", row.id), {"reason": "不在本村"})
    line.sign_in("township_officer").post(url("task_resend", row.id), {"post": line.second.post.id})
    assert receipt_of(row.task, line.second).state == "issued"


def test_more_time_is_asked_and_granted(row, line):
    line.sign_in("village_cadre").post(url("task_extend", row.id), {"wanted": str(DUE), "reason": "下雨"})
    asked = row.extensions.get()
    officer = line.sign_in("township_officer")
    assert "下雨" in officer.get(url("task_receipt", row.id)).content.decode()
    officer.post(url("task_decide", asked.id), {"approve": "1"})
    row.refresh_from_db()
    assert (row.due, row.extended) == (DUE, 1)


def test_the_holder_does_not_grant_the_own_time(row, line, now):
    asked = actions.ask(by=line.village_cadre.actor, now=now, receipt_id=row.id, wanted=DUE, reason="下雨")
    line.sign_in("village_cadre").post(url("task_decide", asked.id), {"approve": "1"})
    row.refresh_from_db()
    assert row.extended == 0


def test_handing_down_offers_the_deadline_of_the_budget(cascaded, line):
    row = receipt_of(cascaded, line.township_officer)
    officer = line.sign_in("township_officer")
    page = officer.get(url("task_hand", row.id)).content.decode()
    offered = actions.offered_below(by=line.township_officer.actor, now=row.arrived_at, receipt=row)
    assert f'value="{offered}"' in page
    assert "白沙埠村委会" in page
    answer = officer.post(url("task_hand", row.id), {"kind": "units", "units": [VILLAGE], "due": "2026-11-30",
                                                     "mode": "all"})  # fmt: skip
    assert (answer.status_code, "给下级的时间太少" in answer.content.decode()) == (422, True)
    officer.post(url("task_hand", row.id), {"kind": "units", "units": [VILLAGE], "due": str(offered), "mode": "all"})
    assert receipt_of(cascaded, line.village_cadre).due == offered


def test_the_cadre_sees_the_own_and_the_root_deadline_and_who_used_the_time(cascaded, line, now, monkeypatch):
    monkeypatch.setattr("anwang.config.access.timezone.now", lambda: now + timedelta(days=13))
    above = receipt_of(cascaded, line.township_officer)
    actions.hand_down(by=line.township_officer.actor, now=now + timedelta(days=12), receipt_id=above.id,
                      targets={"kind": "units", "units": [VILLAGE]})  # fmt: skip
    page = line.sign_in("village_cadre").get(url("task_receipt", receipt_of(cascaded, line.village_cadre).id))
    text = page.content.decode()
    assert str(DUE) in text
    assert "留用超时" in text
    assert "示例县长" in text


def test_a_task_is_written_looked_at_and_issued(line, now):
    leader = line.sign_in("county_leader")
    form = {"title": "防汛值守", "requirement": "24 小时值守", "due": str(DUE), "mode": "all", "kind": "units",
            "units": [TOWNSHIP]}  # fmt: skip
    leader.post(url("task_new"), form)
    task = Task.objects.get()
    page = leader.get(url("task_preview", task.id)).content.decode()
    assert "示例镇员" in page
    assert not Receipt.objects.exists()
    leader.post(url("task_issue", task.id))
    assert Receipt.objects.get().person == line.township_officer.person


def test_a_faulty_task_keeps_what_was_typed(line):
    form = {"title": "防汛值守", "requirement": "值守", "due": "2020-01-01", "mode": "all", "kind": "units",
            "units": [TOWNSHIP]}  # fmt: skip
    answer = line.sign_in("county_leader").post(url("task_new"), form)
    assert answer.status_code == 422
    assert "防汛值守" in answer.content.decode()


@pytest.mark.parametrize("kind", ["units", "posts", "firms", "nonsense"])
def test_the_choice_of_targets_changes_without_the_page(line, kind):
    answer = line.sign_in("county_leader").get(url("task_targets"), {"kind": kind, "q": "示例", "area": "x"})
    assert answer.status_code == 200
    assert 'id="targets"' in answer.content.decode()


def test_people_are_found_by_name_inside_the_territory(line):
    leader = line.sign_in("county_leader")
    found = leader.get(url("task_targets"), {"kind": "posts", "q": "示例"}).content.decode()
    assert "示例村主任" in found
    assert "示例外县" not in found


def test_how_it_stands_opens_its_rows_and_goes_as_a_workbook(cascaded, line):
    office = line.sign_in("city_office")
    assert "逐级承办" in office.get(url("task_detail", cascaded.id)).content.decode()
    county = receipt_of(cascaded, line.county_leader)
    assert "示例镇员" in office.get(url("task_below", county.id)).content.decode()
    assert "示例镇员" in office.get(url("task_detail", cascaded.id), {"state": "issued"}).content.decode()
    book = office.get(url("task_export", cascaded.id), {"state": "all"})
    assert b"".join(book.streaming_content).startswith(b"PK")


def test_another_countys_leader_finds_none_of_it(cascaded, line):
    stranger, row = line.sign_in("stranger"), receipt_of(cascaded, line.township_officer)
    pages = [url("task_detail", cascaded.id), url("task_export", cascaded.id), url("task_receipt", row.id),
             url("task_below", row.id)]  # fmt: skip
    assert [stranger.get(page).status_code for page in pages] == [404] * 4


def test_reminding_is_seen_by_whoever_has_it(row, line):
    line.sign_in("township_officer").post(url("task_urge", row.id))
    assert "催办，请尽快办理" in line.sign_in("village_cadre").get(url("task_receipt", row.id)).content.decode()


def test_withdrawing_says_why(row, line):
    line.sign_in("township_officer").post(url("task_withdraw", row.task_id), {"reason": "上级取消"})
    assert "上级取消" in line.sign_in("village_cadre").get(url("task_detail", row.task_id)).content.decode()


@pytest.fixture
def crowd(row, line, now):
    """Five thousand receipts of one task."""
    task = row.task
    plain = {
        field.attname: getattr(row, field.attname) for field in Receipt._meta.concrete_fields if field.name != "id"
    }
    states = ["issued", "received", "done", "returned", "handed"]
    Receipt.objects.bulk_create(
        Receipt(**plain | {"unit": NEXT_VILLAGE + number, "state": states[number % 5]}) for number in range(5000)
    )
    return task


def test_five_thousand_receipts_ask_no_more_questions(crowd, line, django_assert_max_num_queries):
    officer, cadre = line.sign_in("township_officer"), line.sign_in("village_cadre")
    for browser, page in (
        (officer, url("task_issued")),
        (officer, url("task_detail", crowd.id)),
        (officer, url("task_detail", crowd.id) + "?state=overdue"),
        (cadre, url("task_mine")),
        (cadre, url("task_receipt", Receipt.objects.first().id)),
    ):
        browser.get(page)
        with django_assert_max_num_queries(12):
            assert browser.get(page).status_code == 200
