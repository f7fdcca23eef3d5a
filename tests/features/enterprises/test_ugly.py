"""The ugliest register that a county keeps, through the command and through the browser, against the real grid."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from anwang.adapters import reference
from anwang.config.cli import main
from anwang.domain.base import SYSTEM
from anwang.features.enterprises.models import Enterprise, PlaceMethod, RosterImport
from anwang.features.grid import actions as grid
from tests.conftest import NOW
from tests.features.enterprises.conftest import code

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LOWER = next(c for c in map(code, range(100, 400)) if c.endswith("X"))

#: 序号 县区 乡镇 村 企业名称 代码 地址 行业 人数 负责人 电话 安全员 电话 危险源 等级 级别 状态 日期 备注
WHOLE = ["一号", "化工", "８６", "张 三", "138 0000 0001", "李四", "0539－8000001", "否", "较大风险", "县管"]
WHOLE += ["正常", "2020/3/5", "空"]
SHORT = ["", "C2614", "约50人", "", "", "", "", "无", "黄", "属地", "在业", "2020年3月5日", "无"]
NONE = [""] * 13
TOWN = ["兰山区", "白沙埠镇", ""]
WRONG_CHECK = code(8)[:-1] + ("0" if code(8)[-1] != "0" else "1")
ROWS = [
    [1, "兰山区", "兰山街道", "曹家王庄", "　完好的企业\n", code(1), *WHOLE],
    [2, "兰山", "兰山办事处", "", "简称和旧称", "  " + code(2) + "\u00a0", *SHORT],
    [3, "临沂经济技术开发区", "芝麻墩街道", "", "并入河东的开发区企业", code(3), *NONE[:11], 43895, "/"],
    [4, "", "", "", "小写代码", LOWER.lower(), "临沂市罗庄区罗庄街道某路", *NONE[1:]],
    [5, *TOWN, "十五位旧号", "371302228000001", *NONE],
    [6, *TOWN, "没有代码", "", *NONE],
    [7, *TOWN, "数字代码", 9.1371302e17, *NONE],
    [8, *TOWN, "校验位错", WRONG_CHECK, *NONE],
    [9, *TOWN, "字母错", code(9)[:-1] + "I", *NONE],
    [10, "沂水县", "白沙埠镇", "", "县区写错", code(10), *NONE],
    [11, "", "", "白沙埠村", "只有村名", code(11), *NONE],
    [12, *TOWN, "电话是数字", code(12), *NONE[:4], 5398000001, *NONE[5:]],
    [13, *TOWN, "日期不存在", code(13), *NONE[:11], "2020-02-30", ""],
    [14, *TOWN, '=HYPERLINK("http://x")', code(14), *NONE],
    [15, *TOWN, "重复", code(1), *NONE],
]
TOP = [
    *("序\n号", "所属\n县区", "乡镇（街道）", "村（居）", "企业\n名称", "统一社会信用\n代码", "生产经营地址"),
    *("行业类别", "从业人员（人）", "企业主要负责人", None, "安全管理人员", None, "重大危险源\n情况", "安全风险等级"),
    *("监管层级", "生产状态", "成立时间", "备注"),
]
BELOW = {9: "姓名", 10: "联系电话", 11: "姓名", 12: "电话"}


@pytest.fixture
def city(db):
    grid.load_grid(by=SYSTEM, now=NOW, tree=reference.grid_tree(2023), on=date(2023, 1, 1))


def ugly() -> bytes:
    """Titles above, two header levels with merged groups, hidden columns, a numbered row, an example, tails."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("说明").write(0, 0, "请按要求填报")
        sheet = book.add_worksheet("企业明细 (2)")
        sheet.merge_range(0, 0, 0, 18, "××市企业安全生产包保督导工作信息统计表")
        sheet.merge_range(1, 0, 1, 18, "填报单位（盖章）：        填报日期：2026年11月")
        for col, title in enumerate(TOP):
            if title and col not in BELOW:
                sheet.merge_range(3, col, 4, col, title)
        sheet.merge_range(3, 9, 3, 10, TOP[9])
        sheet.merge_range(3, 11, 3, 12, TOP[11])
        for col, title in BELOW.items():
            sheet.write(4, col, title)
        sheet.write_row(5, 0, list(range(1, 20)))
        sheet.write_row(6, 0, ["例", "兰山区", "兰山街道", "某村", "示例：某某公司", code(999)])
        for number, row in enumerate(ROWS):
            for col, value in enumerate(row):
                if isinstance(value, str) and value:
                    sheet.write_string(7 + number, col, value)
                elif value != "":
                    sheet.write(7 + number, col, value)
        sheet.set_column(13, 15, None, None, {"hidden": True})
        sheet.write(24, 0, "合计")
        sheet.write(24, 8, 136)
        sheet.merge_range(25, 0, 25, 18, "填报人：王五    审核人：赵六")
    return target.getvalue()


def expected(figures: dict) -> None:
    assert {key: figures[key] for key in ("rows", "created", "updated", "unchanged", "errors")} == {
        "rows": 15, "created": 9, "updated": 0, "unchanged": 0, "errors": 6,
    }  # fmt: skip
    assert figures["codes"] == {"ok": 10, "length": 3, "characters": 1, "check": 1}
    assert figures["place"]["none"] == 2


def judged() -> None:
    """What the rows became."""
    rows = {row.name: row for row in Enterprise.objects.all()}
    good = rows["完好的企业"]
    assert (good.headcount, good.principal, good.principal_phone) == (86, "张 三", "13800000001")
    assert (good.safety_officer, good.safety_phone, good.managing) == ("李四", "0539-8000001", "county")
    assert (good.grade, good.industry, good.remarks, good.opened_on) == ("larger", "chemical", "", date(2020, 3, 5))
    assert (good.place % 1000 > 0, good.place_guessed) == (True, False)
    assert rows["简称和旧称"].credit_code == code(2)
    assert rows["并入河东的开发区企业"].county == 371312
    assert rows["并入河东的开发区企业"].opened_on == date(2020, 3, 5)
    assert rows["小写代码"].credit_code == LOWER
    assert (rows["小写代码"].county, rows["小写代码"].place_method) == (371311, "address")
    assert rows["十五位旧号"].provisional_code == "371302228000001"
    for name in ("只有村名", "县区写错"):
        assert rows[name].place_method == PlaceMethod.NONE
    assert '=HYPERLINK("http://x")' in rows


def test_the_ugliest_register_through_the_command(city, tmp_path, capsys):
    source, marked = tmp_path / "名册.xlsx", tmp_path / "错误.xlsx"
    source.write_bytes(ugly())
    main(["roster", "import", str(source), "--errors", str(marked), "--json"])
    told = capsys.readouterr()
    figures = json.loads(told.out)
    assert list(figures) == ["rows", "created", "updated", "unchanged", "errors", "warnings", "place", "codes"]
    expected(figures)
    judged()
    assert "请将该列设为文本格式" in told.err
    table = CalamineWorkbook.from_path(str(marked)).get_sheet_by_name("企业明细 (2)").to_python(skip_empty_area=False)
    assert any("错误原因" in str(cell) for line in table[:6] for cell in line)
    main(["roster", "import", str(source), "--json"])
    again = json.loads(capsys.readouterr().out)
    assert (again["created"], again["updated"], again["unchanged"], again["errors"]) == (0, 0, 9, 6)


def test_the_ugliest_register_through_the_browser(city, client, django_capture_on_commit_callbacks, now):
    from anwang.features.accounts.models import Person, User
    from anwang.features.grid.models import Post

    person = Person.objects.create(name="示例市办", created_at=now)
    base = {"person": person, "kind": "bureau", "level": "city", "unit": 371300000000, "recorded_at": now}
    Post.objects.create(**base, county=371300, township=371300000, is_office=True, valid_from=date(2020, 3, 5))
    user = User.objects.create(username="office", person=person)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    form = {"file": SimpleUploadedFile("名册.xlsx", ugly()), "on": "2023-03-05"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("roster_import"), form)
    row = RosterImport.objects.get()
    expected(row.summary)
    page = client.get(reverse("roster_preview", args=[row.id])).content.decode()
    assert "其中隐藏的列" in page
    assert "N、O、P" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("roster_apply", args=[row.id]))
    judged()


def test_a_csv_in_gb18030_is_a_roster_too(city, tmp_path, capsys):
    text = io.StringIO()
    csv.writer(text).writerows(
        [
            ["企业名称", "社会信用代码", "县区", "乡镇", "联系电话"],
            ["临沂某厂", code(1), "兰山区", "兰山街道", "0539-8000001"],
        ]
    )
    source = tmp_path / "名册.csv"
    source.write_bytes(text.getvalue().encode("gb18030"))
    main(["roster", "import", str(source), "--dry-run", "--json"])
    figures = json.loads(capsys.readouterr().out)
    assert (figures["created"], figures["place"]["township"]) == (1, 1)
    assert not Enterprise.objects.exists()


def test_template_export_and_grade_are_commands(city, tmp_path, capsys):
    template, out = tmp_path / "模板.xlsx", tmp_path / "名册.xlsx"
    main(["roster", "template", "--out", str(template), "--json"])
    assert json.loads(capsys.readouterr().out)["columns"] > 25
    source = tmp_path / "ugly.xlsx"
    source.write_bytes(ugly())
    main(["roster", "import", str(source), "--json", "--on", "2023-05-01"])
    capsys.readouterr()
    main(["roster", "export", "--unit", "371302000000", "--out", str(out), "--json"])
    assert json.loads(capsys.readouterr().out)["rows"] == 5
    main(["roster", "import", str(out), "--json", "--on", "2023-06-01"])
    figures = json.loads(capsys.readouterr().out)
    assert figures["unchanged"] == figures["rows"] == 5
    main(["roster", "grade", "--json"])
    assert json.loads(capsys.readouterr().out) == {"enterprises": 9, "changed": 0, "expired": 0}


def test_rows_without_a_place_go_where_the_command_says(city, tmp_path, capsys):
    source = tmp_path / "ugly.xlsx"
    source.write_bytes(ugly())
    main(["roster", "import", str(source), "--unit", "371302000000", "--json"])
    assert Enterprise.objects.get(name="只有村名").place == 371302000000
    with pytest.raises(SystemExit) as stopped:
        main(["roster", "import", str(source), "--unit", "999999000000"])
    assert stopped.value.code == 1
    assert "unit_unknown" in capsys.readouterr().err
