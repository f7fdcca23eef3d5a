"""Tasks from a sheet in the browser: looked at row by row, issued when confirmed, once, withdrawn together."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anwang.domain.base import Refusal
from anwang.domain.roster.headers import column_letters
from anwang.features.dispatch import jobs
from anwang.features.dispatch.models import Receipt, Task
from anwang.features.dispatch.queries.sheet import MOST_TASKS, plan_tasks
from anwang.features.grid.models import Upload
from anwang.features.work.actions import run_work
from anwang.features.work.models import Work
from tests.features.dispatch.conftest import DUE
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEAD = ["任务名称", "要求", "完成期限", "承办网格"]
SOUND = ["寒潮提醒", "逐户提醒", "2026-12-20", "白沙埠镇"]


@pytest.fixture(autouse=True)
def _clock(monkeypatch, now):
    monkeypatch.setattr("anwang.config.access.timezone.now", lambda: now)
    monkeypatch.setattr("anwang.features.dispatch.jobs.timezone.now", lambda: now)


def book(*rows, head=HEAD, mend=lambda sheet: None):
    made = openpyxl.Workbook()
    for row in ([head] if head else []) + list(rows):
        made.active.append(row)
    mend(made.active)
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def plan(line, data):
    return plan_tasks(data, by=line.county_leader.actor, on=DUE.replace(month=11), own=True)


@pytest.fixture
def leader(line):
    return line.sign_in("county_leader")


def send(leader, data, name="任务.xlsx"):
    return leader.post(reverse("task_sheet"), {"file": SimpleUploadedFile(name, data)})


def confirm(leader, upload):
    """Confirm and let the work run."""
    answer = leader.post(reverse("task_sheet_confirm", args=[upload]))
    work = Work.objects.get(id=answer.url.strip("/").rsplit("/", 1)[-1])
    run_work.func(str(work.id))
    work.refresh_from_db()
    return work


def test_nothing_is_issued_before_it_is_confirmed(leader):
    page = leader.get(send(leader, book(SOUND, ["", "缺名称", "昨天", "没有镇"])).url).content.decode()
    assert not Task.objects.exists()
    for said in ("寒潮提醒", "C 列", "完成期限", "将下达", "错误"):
        assert said in page


def test_confirmed_the_sound_rows_are_issued_in_ones_own_name(leader, line):
    work = confirm(leader, send(leader, book(SOUND, [*SOUND[:3], "没有镇"])).url.strip("/").rsplit("/", 1)[-1])
    task = Task.objects.get()
    assert (task.state, task.person, task.sheet) == ("issued", line.county_leader.person, work.id)
    assert Receipt.objects.get().person == line.township_officer.person
    assert {key: work.result[key] for key in ("issued", "errors", "receipts")} == {
        "issued": 1, "errors": 1, "receipts": 1
    }  # fmt: skip
    page = leader.get(reverse("work_status", args=[work.id])).content.decode()
    assert f"?sheet={work.id}" in page


def test_confirmed_twice_it_is_issued_once(leader, now):
    upload = send(leader, book(SOUND)).url.strip("/").rsplit("/", 1)[-1]
    answers = [leader.post(reverse("task_sheet_confirm", args=[upload])) for _ in range(2)]
    for answer in answers:
        run_work.func(answer.url.strip("/").rsplit("/", 1)[-1])
    assert Task.objects.count() == 1
    assert sorted(Work.objects.values_list("state", flat=True)) == ["done", "failed"]


def test_uploaded_again_it_is_known(leader, line):
    confirm(leader, send(leader, book(SOUND)).url.strip("/").rsplit("/", 1)[-1])
    assert plan(line, book(SOUND)).counts["unchanged"] == 1


def test_the_whole_sheet_is_withdrawn_and_can_be_sent_again(leader, line):
    work = confirm(leader, send(leader, book(SOUND, ["防火", *SOUND[1:]])).url.strip("/").rsplit("/", 1)[-1])
    page = leader.get(reverse("task_issued") + f"?sheet={work.id}").content.decode()
    assert reverse("task_sheet_withdraw") in page
    stranger = line.sign_in("stranger")
    given = {"sheet": str(work.id), "reason": "发错了"}
    stranger.post(reverse("task_sheet_withdraw"), given)
    assert set(Task.objects.values_list("state", flat=True)) == {"issued"}
    leader.post(reverse("task_sheet_withdraw"), given)
    assert set(Task.objects.values_list("state", "withdraw_reason")) == {("withdrawn", "发错了")}
    assert plan(line, book(SOUND)).counts["issued"] == 1


def test_a_sheet_given_up_leaves_nothing(leader):
    upload = send(leader, book(SOUND)).url.strip("/").rsplit("/", 1)[-1]
    leader.post(reverse("task_sheet_confirm", args=[upload]), {"drop": "1"})
    assert not Upload.objects.exists()
    assert not Work.objects.exists()


def test_anothers_upload_is_not_found(leader, line):
    url = send(leader, book(SOUND)).url
    assert line.sign_in("stranger").get(url).status_code == 404


def test_in_the_browser_nobody_arranges_in_anothers_name(line):
    head = [*HEAD, "下达单位"]
    found = plan(line, book([*SOUND, "兰山区"], ["防火", *SOUND[1:], "白沙埠镇"], head=head))
    assert [[fault.reason.code for fault in row.row.faults] for row in found.rows] == [[], ["unit_not_own"]]


def test_the_same_task_twice_in_a_sheet_is_named(line):
    found = plan(line, book(SOUND, SOUND))
    assert [[fault.reason.code for fault in row.row.faults] for row in found.rows] == [[], ["task_twice"]]


def test_a_merged_title_and_extra_columns_do_not_matter(line):
    def mend(sheet):
        sheet.insert_rows(1)
        sheet["A1"] = "兰山区临时任务安排表"
        sheet.merge_cells("A1:F1")
        sheet["E2"], sheet["F2"], sheet["F3"] = "备注", "经办", "老王"

    (row,) = plan(line, book(SOUND, mend=mend)).rows
    assert (row.do, row.row.line, row.row.text("title")) == ("issued", 3, "寒潮提醒")


@pytest.mark.parametrize("text", ["2026年12月20日", "２０２６．１２．２０", "2026/12/20", "20261220", 46376])
def test_a_day_is_a_day_however_it_is_written(line, text):
    (row,) = plan(line, book([SOUND[0], SOUND[1], text, SOUND[3]])).rows
    assert (row.do, str(row.row["due"])) == ("issued", "2026-12-20")


def test_a_code_in_whole_width_digits_is_a_code(line):
    (row,) = plan(line, book([*SOUND[:3], "３７１３０２１０１０００"])).rows
    assert (row.do, len(row.reach.to)) == ("issued", 1)


def test_a_formula_is_read_as_its_value_and_never_handed_on(line):
    data = book(["=1+1", *SOUND[1:]])  # as a program writes it: without a value
    (row,) = plan(line, data).rows
    assert row.do == "error"
    assert [fault.field for fault in row.row.faults] == ["title"]


def test_ten_thousand_rows_are_looked_at_without_asking_for_each(line, django_assert_max_num_queries):
    data = book(*[[f"提醒 {n}", *SOUND[1:]] for n in range(MOST_TASKS)])
    with django_assert_max_num_queries(30):
        assert plan(line, data).counts["issued"] == MOST_TASKS


def test_more_are_refused_in_a_sentence(line, leader):
    data = book(*[[f"提醒 {n}", *SOUND[1:]] for n in range(MOST_TASKS + 1)])
    with refused("sheet_long"):
        plan(line, data)
    answer = send(leader, data)
    assert answer.status_code == 422
    assert "请分几张表上传" in answer.content.decode()
    assert not Upload.objects.exists()


def test_what_is_no_sheet_is_refused(leader):
    answer = send(leader, b"\x89PNG\r\n\x1a\n" + b"0" * 100, "表.xlsx")
    assert answer.status_code == 422
    assert "aw-errors" in answer.content.decode()


def test_the_empty_form_is_read_back(leader, line):
    data = b"".join(leader.get(reverse("task_sheet_template")).streaming_content)
    assert plan(line, data).rows == []


def test_the_faults_are_marked_in_the_own_workbook(leader):
    url = send(leader, book([*SOUND[:3], "没有镇"])).url + "errors/"
    sheet = openpyxl.load_workbook(BytesIO(b"".join(leader.get(url).streaming_content))).active
    assert any("没有镇" in str(cell.value) and "网格" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_whoever_left_the_post_issues_nothing(line, now):
    class Started:
        user_id, post_id, id = line.county_leader.user.id, 0, None

    with pytest.raises(Refusal, match="原岗位"):
        jobs.issue_sheet(lambda *_: None, Started, upload_id=1)


@pytest.mark.parametrize(("column", "said"), [(0, "A"), (25, "Z"), (26, "AA"), (None, "")])
def test_columns_are_called_as_the_spreadsheet_does(column, said):
    assert column_letters(column) == said
