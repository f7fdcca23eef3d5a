"""Tasks from a sheet: checked first, issued once however often it is sent, the faults in the user's own workbook."""

import json
from datetime import date

import openpyxl
import pytest

from anwang.adapters.xlsx.writer import columns_of, write_table
from anwang.config.cli import main
from anwang.features.dispatch.models import Receipt, Task
from anwang.features.dispatch.queries.sheet import plan_tasks, task_spec
from anwang.features.notices.models import Message
from tests.cast import TOWNSHIP
from tests.features.dispatch.conftest import VILLAGE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = date(2026, 11, 24)
DUE = "2026-12-20"


@pytest.fixture
def sheet(tmp_path, line, monkeypatch, now):
    """Write rows of (field → value) as the template has them; the command's clock stands still."""
    monkeypatch.setattr("anwang.web.console.timezone.now", lambda: now)

    def write(*rows):
        spec = task_spec()
        names = list(spec.by_name)
        path = tmp_path / "tasks.xlsx"
        cells = [[row.get(name) for name in names] for row in rows]
        write_table(path, title=spec.title, columns=columns_of(spec), rows=cells)
        return path

    return write


def row(**given):
    return {"title": "寒潮提醒", "requirement": "逐户提醒", "due": DUE, "unit": "兰山区", "units": "白沙埠镇"} | given


def plan(path, line):
    return plan_tasks(path.read_bytes(), by=line.system, on=TODAY)


def run(capsys, *words):
    code = main([*map(str, words)])
    return code or 0, capsys.readouterr().out


def test_a_row_names_its_units(sheet, line):
    found = plan(sheet(row(due_time="17:00")), line)
    assert found.counts == {"rows": 1, "issued": 1, "unchanged": 0, "errors": 0, "receipts": 1}
    assert found.rows[0].due_time.hour == 17


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"unit": "没有区"}, "unit_unknown"),
        ({"units": "罗庄街道"}, "unit_unknown"),
        ({"people": "示例镇员"}, "targets_one"),
        ({"units": None}, "targets_one"),
        ({"units": None, "people": "示例外县"}, "person_unknown"),
        ({"due": "2026-01-01"}, "due_past"),
        ({"due_time": "傍晚"}, "bad_time"),
        ({"units": None, "area": "白沙埠镇", "mode": "任一"}, "any_with_firms"),
        ({"units": "枣园镇"}, "nobody_reached"),
    ],
)
def test_a_fault_is_named_at_its_row(sheet, line, given, code):
    (only,) = plan(sheet(row(**given)), line).rows
    assert [fault.reason.code for fault in only.row.faults] == [code]


def test_people_and_enterprises_are_reached_too(sheet, line):
    found = plan(
        sheet(row(units=None, people="示例镇员、示例村主任"), row(units=None, area="白沙埠镇", grades="一般风险")), line
    )
    assert [len(each.reach.to) for each in found.rows] == [2, 1]
    assert found.rows[1].reach.firms == 1


def test_all_below_are_named_in_a_word(sheet, line):
    (only,) = plan(sheet(row(units="全部")), line).rows
    assert [each.unit for each in only.reach.to] == [TOWNSHIP]
    assert [reason.code for reason in only.reach.missed] == ["unit_without_leader"]


def test_the_command_checks_issues_once_and_marks_what_is_wrong(sheet, tmp_path, capsys):
    path, marked = sheet(row(), row(title="坏的", unit="没有区")), tmp_path / "errors.xlsx"
    code, out = run(capsys, "tasks", "issue", path, "--dry-run", "--json", "--errors", marked)
    assert (code, json.loads(out)["issued"], Task.objects.count()) == (0, 1, 0)
    cells = [str(cell.value) for line_ in openpyxl.load_workbook(marked).active.iter_rows() for cell in line_]
    assert any("没有找到网格" in text for text in cells)
    _code, out = run(capsys, "tasks", "issue", path, "--json")
    assert json.loads(out)["receipts"] == 1
    _code, out = run(capsys, "tasks", "issue", path, "--json")
    assert (json.loads(out)["unchanged"], Task.objects.count(), Receipt.objects.count()) == (1, 1, 1)


def test_the_standing_is_one_json_object(sheet, capsys):
    run(capsys, "tasks", "issue", sheet(row()), "--json")
    _code, out = run(capsys, "tasks", "status", "--json")
    (task,) = json.loads(out)["tasks"]
    assert (task["unit"], task["total"], task["done"]) == ("兰山区", 1, 0)


def test_the_empty_sheet_is_read_back(tmp_path, line, capsys):
    path = tmp_path / "t.xlsx"
    run(capsys, "tasks", "template", path)
    assert plan(path, line).rows == []


def test_a_reminder_is_a_message_too(arrange, line, now):
    from anwang.features.dispatch import actions

    task = arrange("township_officer", units=[VILLAGE])
    actions.urge_all(by=line.township_officer.actor, now=now, task_id=task.id)
    message = Message.objects.get(to=line.village_cadre.person)
    assert message.link == f"/tasks/receipts/{task.receipts.get().id}/"


def test_all_units_below_are_chosen_with_one_tick(arrange, line):
    task = arrange("township_officer", units=[], below=TOWNSHIP)
    assert {each.person for each in task.receipts.all()} == {line.village_cadre.person, line.neighbour.person}
