"""`anwang advice`: overdue questions, sheets of answers, receipts; each as one JSON object."""

import json
from datetime import date

import pytest
from openpyxl import load_workbook

from anwang.adapters.xlsx.writer import columns_of, write_table
from anwang.config import cli
from anwang.features.advice import actions
from anwang.features.advice.models import Entry
from anwang.features.advice.queries.sheet import ENTRIES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def run(capsys, *words):
    """(exit code, output, errors) of a command."""
    code = 0
    try:
        cli.main([*map(str, words)])
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_overdue_questions_are_listed_with_who_has_them(asked, capsys):
    asked()
    code, out, _err = run(capsys, "advice", "overdue", "--on", "2026-12-01", "--json")
    found = json.loads(out)
    assert (code, found["count"], found["questions"][0]["holder"]) == (0, 1, "示例村主任")
    assert "已逾期 4 天" in run(capsys, "advice", "overdue", "--on", "2026-12-01")[1]


def test_a_sheet_is_tried_before_it_is_taken_over(bound, capsys, tmp_path):
    file, bad = tmp_path / "a.xlsx", tmp_path / "bad.xlsx"
    rows = [["动火由谁审批", "分管负责人。", "GB 30871", date(2027, 1, 1)], ["缺解答", None, "x", None]]
    write_table(file, title="常用解答", columns=columns_of(ENTRIES), rows=rows)
    found = json.loads(run(capsys, "advice", "import", file, "--dry-run", "--json")[1])
    assert (found["added"], found["errors"], found["dry_run"]) == (1, 1, True)
    assert not Entry.objects.exists()
    run(capsys, "advice", "import", file, "--errors", bad)
    assert Entry.objects.get().title == "动火由谁审批"
    assert bad.exists()


def test_the_empty_sheet_can_be_filled_in(bound, capsys, tmp_path):
    assert run(capsys, "advice", "template", tmp_path / "t.xlsx")[0] == 0
    assert load_workbook(tmp_path / "t.xlsx").active.max_row > 2


def test_a_unit_that_is_none_is_refused(bound, capsys, tmp_path):
    file = tmp_path / "a.xlsx"
    write_table(file, title="常用解答", columns=columns_of(ENTRIES), rows=[["甲", "乙", "丙", None]])
    assert run(capsys, "advice", "import", file, "--unit", "999999999999")[0] == 1


def test_notices_and_receipts_are_told_to_programs(bound, issued, capsys, tmp_path, now):
    actions.relay(by=bound.village_cadre.actor, now=now, notice_id=issued.id, how="phone")
    found = json.loads(run(capsys, "advice", "notices", "--json")[1])
    assert [(each["done"], each["total"]) for each in found["notices"]] == [(1, 1)]
    file = tmp_path / "r.xlsx"
    assert json.loads(run(capsys, "advice", "receipts", issued.id, file, "--json")[1])["rows"] == 1
    cells = [cell.value for row in load_workbook(file).active for cell in row]
    assert "示例机械有限公司" in cells
    assert run(capsys, "advice", "receipts", "999", file)[0] == 1
