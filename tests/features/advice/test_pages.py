"""The pages: what each role sees, what an act answers, and that no page asks the database more than twelve times."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anwang.features.advice import actions
from anwang.features.advice.models import Entry, PolicyNotice, Question, Receipt
from anwang.features.work.models import Work
from tests.cast import LANSHAN
from tests.features.advice.files import mp4, pdf

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def text(answer):
    return answer.content.decode()


def test_an_enterprise_asks_and_reads_the_answer(bound, as_client, now):
    browser = as_client("principal")
    assert "问谁" in text(browser.get("/questions/ask/"))
    sent = {"text": "动火由谁审批？", "first": bound.village_cadre.person.id, "client_id": str(uuid4())}
    assert browser.post("/questions/ask/", sent).status_code == 302
    row = Question.objects.get()
    actions.answer(by=bound.village_cadre.actor, now=now, question_id=row.id, text="分管负责人。")
    assert "新答复" in text(browser.get("/questions/ask/"))
    page = text(browser.get(f"/questions/{row.id}/"))
    assert "分管负责人。" in page
    assert "没有解答我的问题" in page
    browser.post(f"/questions/{row.id}/tell/")
    row.refresh_from_db()
    assert row.state == "told"


def test_an_empty_question_comes_back_with_its_fault(bound, as_client):
    answer = as_client("principal").post("/questions/ask/", {"text": "", "client_id": str(uuid4())})
    assert answer.status_code == 422
    assert "请写明要问什么" in text(answer)


def test_a_supervisor_records_question_and_answer_of_a_call(bound, as_client):
    browser = as_client("village_cadre")
    assert "示例机械有限公司" in text(browser.get("/questions/new/"))
    sent = {"text": "要不要换证？", "first": bound.village_cadre.person.id, "client_id": str(uuid4()),
            "channel": "phone", "asker": "示例厂长", "asker_phone": "", "reply": "三年一换。"}  # fmt: skip
    browser.post(f"/questions/new/?enterprise={bound.enterprise.id}", sent)
    assert Question.objects.get().state == "told"


def test_what_was_typed_is_not_lost_when_somebody_was_first(bound, asked, as_client, now):
    row = asked()
    actions.answer(by=bound.township_officer.actor, now=now, question_id=row.id, text="由安全科审批。")
    typed = {"text": "由车间审批，我写了很久", "round": 1}
    answer = as_client("village_cadre").post(f"/questions/{row.id}/answer/", typed)
    assert answer.status_code == 409
    assert "由车间审批，我写了很久" in text(answer)
    assert "可作为补充答复提交" in text(answer)


def test_an_answer_of_the_library_is_put_behind_what_is_typed(asked, entry, as_client):
    row, kept = asked(), entry()
    answer = as_client("village_cadre").post(
        f"/questions/{row.id}/answer/", {"text": "您好。", "insert": kept.id, "round": 1}
    )
    assert "您好。\n特级动火由企业分管负责人审批。（依据：GB 30871—2022）" in text(answer)
    row.refresh_from_db()
    assert row.state == "waiting"


def test_looking_in_the_library_keeps_what_is_typed(asked, entry, as_client):
    row = asked(text="别的事")
    entry()
    answer = as_client("village_cadre").post(
        f"/questions/{row.id}/answer/", {"text": "写到一半", "look": "1", "find": "动火", "round": 1}
    )
    assert "写到一半" in text(answer)
    assert "动火作业由谁审批" in text(answer)


def test_the_likest_answers_are_offered_unasked(asked, entry, as_client):
    entry()
    assert "填入答复" in text(as_client("village_cadre").get(f"/questions/{asked().id}/"))


def test_an_answer_becomes_one_to_be_used_again(bound, asked, as_client, now):
    row = asked()
    actions.answer(by=bound.village_cadre.actor, now=now, question_id=row.id, text="分管负责人。")
    browser = as_client("county_leader")
    page = text(browser.get(f"/answers/new/?question={row.id}"))
    assert "分管负责人。" in page
    assert "删去企业名称、人名和电话" in page
    said = {"title": "动火由谁审批", "text": "分管负责人。", "source": "GB 30871", "review_on": "2027-11-24"}
    browser.post(f"/answers/new/?question={row.id}", said)
    kept = Entry.objects.get()
    assert (kept.question_id, kept.unit, kept.state) == (row.id, LANSHAN, "published")


def test_the_number_of_the_asker_is_for_those_who_call_back(bound, asked, as_client):
    row = asked(by="village_cadre", channel="phone", asker_phone="13800001234")
    assert "13800001234" in text(as_client("village_cadre").get(f"/questions/{row.id}/"))
    assert "13800001234" not in text(as_client("principal").get(f"/questions/{row.id}/"))


def test_a_notice_is_written_issued_relayed_and_undone(bound, as_client):
    office, cadre = as_client("county_leader"), as_client("village_cadre")
    pdf_file = BytesIO(pdf())
    pdf_file.name = "通知.pdf"
    office.post("/policy-notices/new/", {"title": "冬季动火", "text": "清理可燃物", "file": pdf_file})
    row = PolicyNotice.objects.get()
    assert "现在符合的企业 <b>1</b> 家" in text(office.get(f"/policy-notices/{row.id}/"))
    assert office.post(f"/policy-notices/{row.id}/issue/")["Location"] == f"/policy-notices/{row.id}/progress/"
    assert "我的 1 家未传达企业一次标记" in text(cadre.get(f"/policy-notices/{row.id}/"))
    marked = {"selection": bound.enterprise.id, "how": "phone"}
    page = cadre.post(f"/policy-notices/{row.id}/mark/", marked, follow=True)
    assert Receipt.objects.get().relayed_how == "phone"
    undo = text(page).split("/unmark/?at=")[1].split('"')[0]
    cadre.post(f"/policy-notices/{row.id}/unmark/?at={undo}")
    assert Receipt.objects.get().relayed_at is None
    file = as_client("principal").get(f"/policy-notices/{row.id}/file/")
    assert (file["Content-Type"], b"".join(file)) == ("application/pdf", pdf())


@pytest.mark.parametrize("name", ["x.svg", "x.pdf"])
def test_a_bad_attachment_is_said_at_its_field(bound, as_client, name):
    bad = BytesIO(b"<svg onload=alert(1)>")
    bad.name = name
    answer = as_client("county_leader").post("/policy-notices/new/", {"title": "甲", "text": "乙", "file": bad})
    assert answer.status_code == 422
    assert "这种文件不能上传" in text(answer)


def test_a_notice_to_many_goes_out_as_long_work(draft, as_client, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("anwang.features.advice.views.notices.AT_ONCE", 0)
    row = draft()
    with django_capture_on_commit_callbacks(execute=True):
        as_client("county_leader").post(f"/policy-notices/{row.id}/issue/")
    assert Work.objects.get().result == {"notice": row.id, "targets": 1}


def test_an_enterprise_confirms_a_notice(issued, as_client):
    browser = as_client("principal")
    assert "确认收到" in text(browser.get(f"/policy-notices/{issued.id}/"))
    browser.post(f"/policy-notices/{issued.id}/confirm/")
    assert Receipt.objects.get().confirmed_by == "示例厂长"


def test_a_film_is_brought_in_and_played(bound, as_client):
    file = BytesIO(mp4())
    file.name = "片.mp4"
    answer = as_client("county_leader").post(
        "/materials/new/", {"title": "机械伤害", "source": "示例单位", "minutes": 12, "file": file}, follow=True
    )
    assert "<video" in text(answer)
    assert "机械伤害" in text(as_client("principal").get("/materials/"))


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("village_cadre", "/questions/"), ("county_leader", "/questions/?scope=all&state=total"),
        ("village_cadre", "/questions/{question}/"), ("principal", "/questions/ask/"),
        ("village_cadre", "/answers/?q=动火"), ("village_cadre", "/policy-notices/"),
        ("county_leader", "/policy-notices/{notice}/"), ("village_cadre", "/policy-notices/{notice}/"),
        ("county_leader", "/policy-notices/{notice}/progress/"),
        ("township_officer", "/policy-notices/{notice}/progress/"),
        ("county_leader", "/policy-notices/{notice}/rows/"), ("village_cadre", "/materials/{film}/"),
        ("principal", "/policy-notices/{notice}/"),
    ],
)  # fmt: skip
def test_no_page_asks_the_database_more_than_twelve_times(asked, entry, issued, film, as_client, who, path):
    entry()
    row = asked()
    for _ in range(4):
        asked()
    browser = as_client(who)
    browser.get("/questions/ask/" if who == "principal" else "/answers/")
    with CaptureQueriesContext(
        connection,
    ) as found:
        answer = browser.get(path.format(question=row.id, notice=issued.id, film=film.id))
    assert answer.status_code == 200
    assert len(found) <= 12, [query["sql"][:150] for query in found]


def test_an_overdue_question_says_since_when(bound, asked, as_client, freeze, now):
    asked()
    freeze(now + timedelta(days=7))
    assert "已逾期" in text(as_client("village_cadre").get("/questions/"))
