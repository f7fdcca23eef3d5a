"""The pages of problems: who sees and does what, and how many questions they ask of the database."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from anwang.features.duties.actions import ContactData, record_contact
from anwang.features.duties.models import Fulfilment
from anwang.features.problems import queries
from anwang.features.problems.models import Problem
from tests.cast import LANSHAN, TOWNSHIP
from tests.features.duties.pictures import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _clock(monkeypatch, now):
    monkeypatch.setattr("anwang.config.access.timezone.now", lambda: now)


def url(name, *args):
    return reverse(name, args=args)


def form(**more):
    return {"kind": "violation", "title": "未批先建烘干线", "client_id": "6f3b0f2a-9a53-4a2e-9f7e-2d9a1c0b7e11", **more}


def test_a_problem_is_reported_from_the_enterprises_page_with_a_photo(line):
    cadre = line.sign_in("village_cadre")
    page = url("problem_new") + f"?enterprise={line.enterprise.id}"
    assert page in cadre.get(url("enterprise", line.enterprise.id)).content.decode()
    answer = cadre.post(page, form(files=SimpleUploadedFile("现场.jpg", jpeg())), follow=True)
    assert "待受理" in answer.content.decode()
    row = Problem.objects.get()
    assert (row.title, row.files.get().kind) == ("未批先建烘干线", "jpg")
    shown = cadre.get(url("problem_file", row.files.get().id))
    assert (shown["Content-Type"], b"".join(shown.streaming_content)[:2]) == ("image/jpeg", b"\xff\xd8")
    shown.close()


def test_what_was_found_during_a_task_says_so_also_when_the_enterprise_is_chosen_first(line):
    cadre = line.sign_in("village_cadre")
    chosen = cadre.get(url("problem_new") + f"?source=task&q={line.enterprise.name}").content.decode()
    page = url("problem_new") + f"?enterprise={line.enterprise.id}&source=task"
    assert page.replace("&", "&amp;") in chosen
    cadre.post(page, form())
    assert Problem.objects.get().source == "task"


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(line):
    cadre = line.sign_in("village_cadre")
    answer = cadre.post(
        url("problem_new") + f"?enterprise={line.enterprise.id}", {"text": "写好的内容", "client_id": ""}
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "请选择类型" in text
    assert "写好的内容" in text


def test_a_record_becomes_a_problem_with_what_the_enterprise_said(line, now, today):
    call = ContactData(
        "6f3b0f2a-9a53-4a2e-9f7e-2d9a1c0b7e12", line.enterprise.id, line.village_cadre.person.id, "call", today
    )
    contact = record_contact(by=line.village_cadre.actor, now=now, data=call).contact
    Fulfilment.objects.create(contact=contact, rule="N7.2", answers={"problems": "气源不稳"}, counts=True)
    cadre = line.sign_in("village_cadre")
    link = url("problem_new") + f"?contact={contact.id}"
    assert link in cadre.get(url("contact_detail", contact.id)).content.decode()
    assert "气源不稳" in cadre.get(link).content.decode()
    cadre.post(link, form(kind="difficulty", title="气源不稳"))
    assert Problem.objects.get().contact_id == contact.id


def test_the_same_enterprises_problems_are_shown_before_another_is_reported(found, line):
    found(title="配电箱门缺失")
    page = line.sign_in("village_cadre").get(url("problem_new") + f"?enterprise={line.enterprise.id}&kind=violation")
    assert "先看是不是同一个" in page.content.decode()
    assert "配电箱门缺失" in page.content.decode()


def test_from_board_to_closing_by_the_buttons(found, line):
    row = found()
    cadre, firm = line.sign_in("village_cadre"), line.sign_in("principal")

    def press(browser, act, **given):
        row.refresh_from_db()
        answer = browser.post(url("problem_act", row.id, act), {"version": row.version, **given})
        assert answer.status_code == 302, answer.content.decode()[:3000]

    assert row.title in cadre.get(url("problem_list") + "?scope=waiting").content.decode()
    press(cadre, "accept")
    press(cadre, "order", text="立即停用")
    assert row.title in firm.get(url("problem_list") + "?scope=waiting").content.decode()
    press(firm, "rectify", text="已停用", files=SimpleUploadedFile("整改.jpg", jpeg()))
    press(cadre, "verify", text="现场已停用")
    press(cadre, "close")
    row.refresh_from_db()
    assert row.state == "closed"


def test_a_refused_act_stands_with_its_sentence_and_what_was_typed(found, line):
    row = found()
    answer = line.sign_in("village_cadre").post(url("problem_act", row.id, "escalate"), {"text": "村里没有执法权"})
    assert answer.status_code == 422
    assert "请选择本级缺少什么" in answer.content.decode()
    assert "村里没有执法权" in answer.content.decode()


def test_a_button_that_is_not_there_is_not_an_act_either(found, line):
    row = found()
    page = line.sign_in("second").get(url("problem_detail", row.id)).content.decode()
    assert url("problem_act", row.id, "accept") not in page
    answer = line.sign_in("second").post(url("problem_act", row.id, "accept"), {})
    assert "这一步不由您办理" in answer.content.decode()


def test_a_department_sees_what_was_referred_to_it_and_nothing_else(found, act, line):
    row, other = found(), found(title="另一个问题")
    act("escalate", "village_cadre", row, reason="authority")
    act("accept", "township_officer", row)
    act("hand", "township_officer", row, posts=[line.clerk.post.id])
    clerk = line.sign_in("clerk")
    assert row.title in clerk.get(url("problem_list")).content.decode()
    assert clerk.get(url("problem_detail", other.id)).status_code == 404
    clerk.post(url("problem_act", row.id, "answer"), {"text": "属实"})
    row.refresh_from_db()
    assert row.state == "accepted"
    assert clerk.get(url("problem_detail", row.id)).status_code == 200


def test_an_enterprise_sees_its_own_and_no_neighbours(found, line, now):
    row = found()
    Problem.objects.filter(id=row.id).update(enterprise=line.elsewhere)
    assert line.sign_in("principal").get(url("problem_detail", row.id)).status_code == 404


def test_the_board_narrows_and_goes_as_a_workbook(found, line):
    found(title="甲问题")
    found(kind="other", title="乙问题")
    leader = line.sign_in("county_leader")
    page = leader.get(url("problem_list") + "?kind=other").content.decode()
    assert ("乙问题" in page, "甲问题" in page) == (True, False)
    book = load_workbook(BytesIO(b"".join(leader.get(url("problem_export") + "?kind=other").streaming_content)))
    cells = [str(cell.value) for line_ in book.active.iter_rows() for cell in line_]
    assert "乙问题" in cells
    assert "甲问题" not in cells


def test_ageing_opens_its_rows(found, line, now):
    found(at=now - timedelta(days=40))
    page = line.sign_in("county_leader").get(url("problem_ageing")).content.decode()
    assert "白沙埠镇" in page
    assert f"unit={TOWNSHIP}" in page


@pytest.mark.parametrize(("form_", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_letter_of_supervision_is_a_document(found, act, line, form_, start):
    row = found("county_leader", kind="major_hazard", title="氨制冷机房无气体报警")
    act("supervise", "county_leader", row, text="三日内停产整改")
    answer = line.sign_in("county_leader").get(url("problem_letter", row.id, form_))
    assert answer.content.startswith(start)
    assert line.sign_in("county_leader").get(url("problem_letter", row.id, "exe")).status_code == 404


def test_what_waits_for_whom_and_what_is_late(found, act, line, today):
    row = found(kind="major_hazard")
    assert queries.waiting_rows(line.village_cadre.actor).get() == row
    assert not queries.waiting_rows(line.township_officer.actor).exists()
    assert [each.id for each in queries.first_page(line.county_leader.actor, today)[0]] == [row.id]
    assert not queries.first_page(line.stranger.actor, today)[0]
    assert queries.overdue_rows(LANSHAN, today + timedelta(days=2)).count() == 1
    act("accept", "village_cadre", row)
    act("ask", "village_cadre", row, wanted=today + timedelta(days=5), reason="等料")
    assert queries.waiting_rows(line.township_officer.actor).get() == row


@pytest.fixture
def crowd(found):
    """Five thousand problems of one enterprise in every state that is open."""
    row = found()
    plain = {
        field.attname: getattr(row, field.attname)
        for field in Problem._meta.concrete_fields
        if field.name not in ("id", "client_id")
    }
    states = ["reported", "accepted", "rectifying", "rectified", "risk"]
    Problem.objects.bulk_create(Problem(**plain | {"state": states[n % 5], "title": f"问题 {n}"}) for n in range(5000))
    return row


def test_five_thousand_problems_ask_no_more_questions(crowd, line, django_assert_max_num_queries):
    cadre, leader, firm = (line.sign_in(who) for who in ("village_cadre", "county_leader", "principal"))
    for browser, page in (
        (cadre, url("problem_list") + "?scope=waiting"),
        (cadre, url("problem_list") + "?scope=tracking"),
        (cadre, url("problem_detail", crowd.id)),
        (cadre, url("problem_new") + f"?enterprise={line.enterprise.id}"),
        (leader, url("problem_list")),
        (leader, url("problem_list") + "?scope=closed"),
        (leader, url("problem_list") + "?age=0&kind=violation&state=accepted"),
        (leader, url("problem_ageing")),
        (firm, url("problem_list")),
        (firm, url("problem_detail", crowd.id)),
    ):
        browser.get(page)
        with django_assert_max_num_queries(12):
            assert browser.get(page).status_code == 200, page


def test_the_operator_lists_and_climbs_from_the_command_line(found, now):
    import json

    from click.testing import CliRunner

    from anwang.features.problems.management.group import problems

    found()
    answer = CliRunner().invoke(problems, ["list", "--json"])
    assert json.loads(answer.output)["problems"][0]["n"] == 1
    assert json.loads(CliRunner().invoke(problems, ["climb", "--json"]).output).keys() == {
        "moved",
        "followed",
        "passed",
        "climbed",
        "reopened",
        "overdue",
    }


def test_what_may_be_the_same_is_asked_about_before_a_second_one_is_made(found, line):
    found(title="未批先建烘干线")
    cadre, page = line.sign_in("village_cadre"), url("problem_new") + f"?enterprise={line.enterprise.id}"
    answer = cadre.post(page, form(title="烘干线未批先建"))
    assert answer.status_code == 422
    assert "有相近的问题还没有销号" in answer.content.decode()
    assert Problem.objects.count() == 1
    assert cadre.post(page, form(title="烘干线未批先建", another="1")).status_code == 302
    assert Problem.objects.count() == 2


def test_a_different_one_is_made_without_asking(found, line):
    found(title="应急灯不亮")
    page = url("problem_new") + f"?enterprise={line.enterprise.id}"
    assert line.sign_in("village_cadre").post(page, form()).status_code == 302


def test_why_an_act_is_not_there_is_said_on_the_page(found, act, line, today):
    row = act("accept", "village_cadre", found())
    cadre = line.sign_in("village_cadre")
    act("ask", "village_cadre", row, wanted=today + timedelta(days=9), reason="等材料")
    assert "已有一份延期申请待批准" in cadre.get(url("problem_detail", row.id)).content.decode()
    act("decide", "township_officer", row, approve=True)
    page = cadre.get(url("problem_detail", row.id)).content.decode()
    assert "已经用完，请上报上级" in page
    assert url("problem_act", row.id, "ask") not in page


def test_those_under_supervision_by_name_have_a_tab(found, act, line):
    row = found("county_leader", kind="major_hazard", title="氨制冷机房无气体报警")
    found(title="另一个问题")
    act("supervise", "county_leader", row, text="三日内停产整改")
    page = line.sign_in("county_leader").get(url("problem_list") + "?scope=listed").content.decode()
    assert ("氨制冷机房无气体报警" in page, "另一个问题" in page) == (True, False)


def test_the_operator_reads_problems_one_by_one(found):
    import json

    from click.testing import CliRunner

    from anwang.features.problems.management.group import problems

    row = found()
    answer = CliRunner().invoke(problems, ["rows", "--on", "2026-11-30", "--scope", "overdue", "--json"])
    assert answer.exit_code == 0, answer.exception
    told = json.loads(answer.output)["problems"]
    assert [(each["id"], each["state"], each["age"]) for each in told] == [(row.id, "reported", 6)]
    answer = CliRunner().invoke(problems, ["rows", "--kind", "other"])
    assert answer.output.strip() == "没有这样的问题。"
