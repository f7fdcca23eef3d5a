"""The import of a roster in the browser: chosen, read, looked at, carried out, taken back; its files go with it."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from anwang.features.audit.queries import file_faults
from anwang.features.enterprises import actions
from anwang.features.enterprises.models import Change, Enterprise, ImportState, RosterImport
from tests.features.enterprises.conftest import LONG_AGO, code, roster

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def upload(browser, data: bytes, name: str = "名册.xlsx", **extra):
    form = {"file": SimpleUploadedFile(name, data), "on": LONG_AGO.isoformat(), **extra}
    return browser.post(reverse("roster_import"), form)


def test_upload_preview_confirm_and_undo(office, rows):
    data = roster(
        {"从业人数": 99},
        {"企业名称": "新来的企业", "统一社会信用代码": code(50)},
        {"统一社会信用代码": code(51)[:-1] + "!"},
    )
    answer = upload(office, data)
    assert answer.url.startswith("/work/")
    row = RosterImport.objects.get()
    assert row.state == ImportState.PREVIEW
    page = office.get(reverse("roster_preview", args=[row.id])).content.decode()
    assert "新来的企业" in page
    assert "含有不使用的字符" in page
    assert re.search(r"12</span> →\s+99", page)
    assert not Enterprise.objects.filter(name="新来的企业").exists()
    marked = office.get(reverse("roster_errors", args=[row.id]))
    table = CalamineWorkbook.from_filelike(BytesIO(marked.getvalue())).get_sheet_by_index(0).to_python()
    assert table[0][-1] == "错误原因"
    office.post(reverse("roster_apply", args=[row.id]))
    row.refresh_from_db()
    assert (row.state, row.summary["created"], row.summary["updated"], row.samples) == (ImportState.APPLIED, 1, 1, "")
    assert Enterprise.objects.get(id=rows[0].id).headcount == 99
    office.post(reverse("change_undo", args=[row.change_id]))
    assert not Enterprise.objects.filter(name="新来的企业").exists()
    assert Enterprise.objects.get(id=rows[0].id).headcount == 12


def test_a_second_confirmation_does_nothing(office):
    upload(office, roster({}))
    row = RosterImport.objects.get()
    office.post(reverse("roster_apply", args=[row.id]))
    office.post(reverse("roster_apply", args=[row.id]))
    assert Change.objects.filter(kind="import").count() == 1


def test_the_columns_are_corrected_on_the_preview(office):
    from tests.features.enterprises.conftest import workbook

    data = workbook(
        [
            ["企业名称", "统一社会信用代码", "县区", "乡镇", "村", "老总"],
            ["某厂", code(9), "兰山区", "白沙埠镇", "白沙埠村", "王五"],
        ]
    )
    upload(office, data)
    row = RosterImport.objects.get()
    form = {"A": "name", "B": "credit_code", "C": "county", "D": "township", "E": "village", "F": "principal"}
    office.post(reverse("roster_preview", args=[row.id]), form)
    office.post(reverse("roster_apply", args=[row.id]))
    assert Enterprise.objects.get(credit_code=code(9)).principal == "王五"
    twice = office.post(reverse("roster_preview", args=[row.id]), {**form, "F": "name"})
    assert twice.status_code == 422


def test_a_column_can_be_left_out_on_the_preview(office):
    upload(office, roster({"从业人数": 5}))
    row = RosterImport.objects.get()
    letters = {column["letter"]: column["field"] for column in row.summary["columns"]}
    form = {letter: "" if name == "headcount" else name for letter, name in letters.items()}
    office.post(reverse("roster_preview", args=[row.id]), form)
    office.post(reverse("roster_apply", args=[row.id]))
    assert Enterprise.objects.get(name="测试企业1号").headcount is None


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.xlsx", "空"),
        (b"PK\x03\x04broken", "a.xlsx", "损坏"),
        (b"%PDF-1.7 ...", "a.pdf", "只能读取"),
        (b"<html><table></table></html>", "a.xls", "网页"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_in_words(office, data, name, words):
    answer = upload(office, data, name)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not RosterImport.objects.exists()


def test_a_file_over_the_limit_is_refused(office, settings):
    settings.MAX_UPLOAD_BYTES = 2**20
    answer = upload(office, b"PK\x03\x04" + b"x" * 2**20)
    assert answer.status_code == 422
    assert "文件超过 1 MB" in answer.content.decode()


def test_an_upload_lies_under_a_random_name_and_goes_when_it_is_settled(office, settings):
    upload(office, roster({}), name="../../etc/passwd.xlsx")
    row = RosterImport.objects.get()
    stored = settings.MEDIA_ROOT / row.path
    assert re.fullmatch(r"roster/[0-9a-f]{40}-[0-9a-f]{16}", row.path)
    assert stored.stat().st_mode & 0o077 == 0
    office.post(reverse("roster_discard", args=[row.id]))
    row.refresh_from_db()
    assert (row.state, stored.exists()) == (ImportState.DISCARDED, False)


def test_a_roster_that_was_taken_over_or_given_up_names_no_file_that_is_gone(office):
    for end in ("roster_apply", "roster_discard"):
        upload(office, roster({"从业人数": 12}))
        row = RosterImport.objects.latest("id")
        office.post(reverse(end, args=[row.id]))
        row.refresh_from_db()
        assert row.path == ""
        assert list(file_faults()) == []


def test_uploads_are_cleaned_after_a_day(cast, now, settings):
    base = {"by": cast.county_leader.actor, "now": now, "unit": cast.county_leader.actor.unit, "on": LONG_AGO}
    row = actions.receive(**base, data=roster({}), filename="a.xlsx")
    assert actions.purge(by=cast.system, now=now + timedelta(hours=23)) == 0
    assert actions.purge(by=cast.system, now=now + timedelta(hours=25)) == 1
    row.refresh_from_db()
    assert (row.path, row.state) == ("", ImportState.DISCARDED)


def test_the_template_is_a_roster_whose_example_is_ignored(office, bring_in):
    answer = office.get(reverse("roster_template"))
    assert bring_in(answer.getvalue(), dry_run=True).plan.report()["rows"] == 0
