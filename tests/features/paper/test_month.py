"""A month as a spreadsheet goes out, is filled in and comes back: nothing twice, nothing by itself (B9)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from anwang.adapters.xlsx.writer import write_template
from anwang.features.duties.actions import record_contact, record_sheet
from anwang.features.duties.models import Contact
from anwang.features.duties.queries.sheet import plan_records
from anwang.features.duties.queries.sheet_spec import record_spec
from anwang.features.enterprises.models import Enterprise
from anwang.features.paper.queries import month_rows
from tests.features.duties.records import contact_of, entries_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _real_name(opened):
    """A row that begins with 示例 is an example and is left out: here the enterprise has another name."""
    Enterprise.objects.filter(id=opened.enterprise.id).update(name="沂蒙机械有限公司")


def sheet_of(opened, today):
    target, cadre = BytesIO(), opened.village_cadre
    rows = month_rows(cadre.person.id, by=cadre.actor, day=today)
    write_template(target, record_spec(today), filled=rows)
    return target.getvalue()


def back(opened, data, now):
    cadre = opened.village_cadre.actor
    return record_sheet(by=cadre, now=now, plan=plan_records(data, by=cadre, now=now))


def _filled(data, rule, **cells):
    """The row of a duty with some cells written, as a person does."""
    book = load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    titles = {cell.value: cell.column for cell in sheet[2]}
    line = next(n for n in range(3, sheet.max_row + 1) if sheet.cell(n, titles["规定"]).value == rule)
    for title, value in cells.items():
        sheet.cell(line, titles[title]).value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


CALL = {"日期": "2026-11-23", "形式": "电话", "联系人": "示例厂长", "是否联系上": "是", "企业是否反映问题": "否"}


def test_a_sheet_in_which_nobody_wrote_records_nothing(opened, today, now):
    counts = back(opened, sheet_of(opened, today), now)
    assert (counts["rows"], counts["recorded"], counts["errors"]) == (0, 0, 0)
    assert counts["blank"] >= 5
    assert not Contact.objects.exists()


def test_the_rows_that_were_filled_in_are_recorded_once(opened, today, now):
    data = _filled(sheet_of(opened, today), "半月联系", **CALL)
    assert back(opened, data, now)["recorded"] == 1
    assert back(opened, data, now + timedelta(days=1))["unchanged"] == 1
    assert Contact.objects.get().channel == "sheet"


def test_a_month_that_comes_back_as_it_went_out_changes_nothing(opened, today, now):
    cadre = opened.village_cadre
    data = contact_of(opened, today, entries=entries_of(opened, today, ["N7.2"]))
    record_contact(by=cadre.actor, now=now, data=data)
    sheet = sheet_of(opened, today)
    counts = back(opened, sheet, now + timedelta(hours=1))
    assert (counts["rows"], counts["unchanged"], counts["warnings"], counts["errors"]) == (1, 1, 0, 0)


def test_a_record_that_was_changed_in_the_sheet_stays_as_it_is_and_the_person_is_told(opened, today, now):
    cadre = opened.village_cadre
    data = contact_of(opened, today, entries=entries_of(opened, today, ["N7.2"]))
    record_contact(by=cadre.actor, now=now, data=data)
    sheet = _filled(sheet_of(opened, today), "半月联系", 日期="2026-11-20")
    plan = plan_records(sheet, by=cadre.actor, now=now)
    assert [fault.reason.code for row in plan.rows for fault in row.row.faults] == ["contact_fixed"]
    assert (plan.counts["unchanged"], plan.counts["recorded"]) == (1, 0)


def test_a_row_begun_and_not_finished_is_an_error_and_not_passed_over(opened, today, now):
    data = _filled(sheet_of(opened, today), "半月联系", 形式="电话")
    counts = back(opened, data, now)
    assert (counts["errors"], counts["recorded"]) == (1, 0)


def test_the_month_is_fetched_from_the_page(opened, as_client):
    answer = as_client("village_cadre").get(reverse("paper_month"))
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    cells = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert {"沂蒙机械有限公司", "半月联系", "记录编号"} <= cells
