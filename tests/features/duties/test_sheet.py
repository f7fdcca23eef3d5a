"""Contacts as a spreadsheet: the same records as from the screen, each once however often it is sent (B9)."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from anwang.adapters.xlsx.reader import read_sheet
from anwang.adapters.xlsx.writer import write_template
from anwang.domain.base import Refusal
from anwang.features.accounts.models import Person
from anwang.features.audit.queries import faults as broken_chains
from anwang.features.duties.actions import record_sheet, void_contact
from anwang.features.duties.management import duties
from anwang.features.duties.models import Contact, Obligation
from anwang.features.duties.queries import tally_faults
from anwang.features.duties.queries.sheet import plan_records
from anwang.features.duties.queries.sheet_spec import record_spec
from anwang.features.enterprises.models import Enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CALL = {
    "企业名称": "沂蒙机械有限公司", "包保人": "王村主任", "日期": "2026/11/20", "形式": "打电话", "规定": "2",
    "联系人": "示例厂长", "是否联系上": "是", "企业是否反映问题": "否", "内容": "了解生产情况，无急需解决的问题",
}  # fmt: skip
VISIT = {
    "企业名称": "沂蒙机械有限公司", "日期": "2026年11月19日", "形式": "现场督导", "规定": "专题会议、五",
    "联系人": "示例厂长", "内容": "列席第四季度专题会，检查配电室管控措施", "企业主要负责人是否到场": "是",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _real_names(opened):
    """A row that begins with 示例 is an example and is left out: here the cast has other names."""
    Enterprise.objects.filter(id=opened.enterprise.id).update(name="沂蒙机械有限公司")
    for who, name in ((opened.village_cadre, "王村主任"), (opened.township_officer, "李镇员")):
        Person.objects.filter(id=who.person.id).update(name=name)


def workbook(*rows):
    """The rows as a workbook whose header is whatever they name."""
    titles = list(dict.fromkeys(title for row in rows for title in row))
    book = Workbook()
    sheet = book.active
    sheet.append(titles)
    for row in rows:
        sheet.append([row.get(title) for title in titles])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def take(opened, now, *rows, by=None):
    by = by or opened.system
    return record_sheet(by=by, now=now, plan=plan_records(workbook(*rows), by=by, now=now))


def reasons(opened, now, *rows, by=None):
    plan = plan_records(workbook(*rows), by=by or opened.system, now=now)
    return [fault.reason.code for row in plan.rows for fault in row.row.faults if fault.fatal]


def test_rows_of_a_sheet_are_records(opened, now):
    counts = take(opened, now, CALL, VISIT)
    assert counts == {"rows": 2, "recorded": 2, "unchanged": 0, "errors": 0, "warnings": 0, "fulfilled": 3, "blank": 0}
    assert set(Contact.objects.values_list("channel", "person_id")) == {("sheet", opened.village_cadre.person.id)}
    assert tally_faults() == []
    assert list(broken_chains()) == []


def test_the_same_sheet_again_records_nothing(opened, now):
    take(opened, now, CALL, VISIT)
    again = take(opened, now + timedelta(days=1), VISIT, CALL)
    assert (again["unchanged"], again["recorded"], again["errors"]) == (2, 0, 0)
    assert Contact.objects.count() == 2


def test_a_row_twice_in_one_sheet_is_one_record(opened, now):
    assert take(opened, now, CALL, CALL)["recorded"] == 1


def test_two_calls_of_a_half_month_are_not_two_duties(opened, now):
    assert reasons(opened, now, CALL, {**CALL, "日期": "2026-11-22"}) == ["duty_settled"]


def test_json_is_read_as_a_sheet_is(opened, now):
    data = json.dumps([{**CALL, "规定": ["半月联系"]}, VISIT]).encode()
    plan = plan_records(data, by=opened.system, now=now)
    assert plan.counts["recorded"] == 2


@pytest.mark.parametrize("data", [b"[1, 2]", b"[{", b"[]"])
def test_json_that_is_no_list_of_rows_is_refused(opened, now, data):
    with pytest.raises(Refusal) as refused:
        plan_records(data, by=opened.system, now=now)
    assert refused.value.code in ("json_damaged", "header_missing")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"企业名称": "没有这家公司"}, "enterprise_unknown"),
        ({"包保人": "陌生人"}, "person_unknown"),
        ({"是否联系上": None}, "duty.answer.missing"),
        ({"日期": "2026-12-24"}, "future"),
        ({"日期": "2026-13-45"}, "date_impossible"),
        ({"形式": "飞鸽传书"}, "choice_unknown"),
        ({"规定": "9"}, "choice_unknown"),
        ({"形式": "现场督导"}, "duty.form"),
        ({"规定": "2、1"}, "duty_alone"),
        ({"日期": None}, "value_missing"),
    ],
)
def test_what_is_wrong_with_a_row_is_named(opened, now, change, code):
    assert code in reasons(opened, now, {**CALL, **change})


def test_an_enterprise_of_two_names_needs_its_code(opened, now):
    Enterprise.objects.filter(id=opened.elsewhere.id).update(name="沂蒙机械有限公司")
    assert reasons(opened, now, CALL) == ["enterprise_unknown"]
    assert reasons(opened, now, CALL, by=opened.township_officer.actor) == []


def test_the_neighbours_sheet_finds_no_enterprise_here(opened, now):
    assert reasons(opened, now, CALL, by=opened.stranger.actor) == ["enterprise_unknown"]


def test_a_supervisor_records_only_for_himself(opened, now):
    from .conftest import bind

    bind(opened.enterprise, opened.township_officer, now, part="joint")
    assert reasons(opened, now, {**CALL, "包保人": "李镇员"}, by=opened.village_cadre.actor) == ["not_yours"]
    assert reasons(opened, now, {**CALL, "包保人": None}, by=opened.village_cadre.actor) == []


def test_paper_that_comes_late_needs_its_reason(opened, now):
    later = now + timedelta(days=20)
    assert reasons(opened, later, CALL) == ["duty.late.reason"]
    take(opened, later, {**CALL, "逾期原因": "补录纸质记录"})
    assert Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2").late is True


def test_paper_that_comes_within_the_window_is_in_time(opened, now):
    take(opened, now + timedelta(days=8), CALL)
    row = Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2")
    assert (row.late, row.done_on.isoformat()) == (False, "2026-11-20")


def test_nobody_reached_is_kept_with_a_warning(opened, now):
    counts = take(opened, now, {**CALL, "是否联系上": "否"})
    assert (counts["recorded"], counts["warnings"], counts["fulfilled"]) == (1, 1, 0)


def test_what_was_withdrawn_does_not_come_back_by_itself(opened, now):
    take(opened, now, CALL)
    void_contact(by=opened.system, now=now, contact_id=Contact.objects.get().id, reason="登记错企业")
    assert reasons(opened, now, CALL) == ["contact_void"]


def test_the_template_is_read_back_and_its_example_is_no_record(opened, now, today):
    target = BytesIO()
    write_template(target, record_spec(today))
    sheet = read_sheet(target.getvalue(), record_spec(today))
    assert sheet.rows == []
    assert sheet.header.unknown == ()


def test_the_command_checks_records_and_marks(opened, now, tmp_path, monkeypatch):
    monkeypatch.setattr("anwang.features.duties.management.group.clock", lambda: now)
    file, errors = tmp_path / "记录.xlsx", tmp_path / "错误.xlsx"
    file.write_bytes(workbook(CALL, {**VISIT, "企业名称": "没有这家公司"}))
    dry = CliRunner().invoke(duties, ["record", str(file), "--dry-run", "--errors", str(errors), "--json"])
    assert json.loads(dry.stdout)["errors"] == 1
    assert errors.stat().st_size > 1000
    assert Contact.objects.count() == 0
    wet = CliRunner().invoke(duties, ["record", str(file), "--json"])
    assert json.loads(wet.stdout) == {
        "rows": 2, "recorded": 1, "unchanged": 0, "errors": 1, "warnings": 0, "fulfilled": 1, "blank": 0,
        "dry_run": False,
    }  # fmt: skip


def test_in_the_browser_nothing_is_recorded_before_it_is_confirmed(opened, now, django_capture_on_commit_callbacks):
    client = opened.sign_in("village_cadre")
    file = SimpleUploadedFile("记录.xlsx", workbook(CALL, {**VISIT, "规定": "飞"}))
    preview = client.post(reverse("record_import"), {"file": file}, follow=True)
    text = preview.content.decode()
    assert "将登记" in text
    assert "2026-11-20" in text
    assert "None" not in text
    assert "“飞”应为" in text
    assert Contact.objects.count() == 0
    address = preview.redirect_chain[-1][0]
    assert opened.sign_in("county_leader").get(address).status_code == 404
    assert client.get(address + "errors/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address + "apply/")
    assert Contact.objects.count() == 1
    assert client.get(address).status_code == 404


def test_a_file_that_is_no_sheet_is_refused_with_a_sentence(opened):
    client = opened.sign_in("village_cadre")
    answer = client.post(reverse("record_import"), {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 broken")})
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode() or "aw-errors" in answer.content.decode()
