"""A sheet of people: what each row would do, what it does, and that twice is once."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from anwang.adapters.xlsx.writer import columns_of, iter_values, write_table, write_template
from anwang.features.accounts.models import Person
from anwang.features.grid import actions
from anwang.features.grid.models import Leadership, Post, Sponsorship
from anwang.features.grid.queries.roster import exported
from anwang.features.grid.queries.sheet import plan_people
from anwang.features.grid.queries.sheet_spec import people_spec

HEAD = [
    "姓名",
    "联系电话",
    "县区",
    "乡镇",
    "村居",
    "单位",
    "岗位类别",
    "职务",
    "是否网格长",
    "分管单位",
    "擅长行业",
    "任职日期",
]
ROWS = [
    row.split("|")
    for row in (
        "甲|13800000001|兰山区|||兰山区应急局|县局人员|副局长|否|白沙埠镇、枣园镇|化工|2021-03-01",
        "乙|13800000002|兰山区|白沙埠镇||白沙埠镇|乡镇领导|镇长|是|朱潘村||2021-03-01",
        "丙|13800000003|兰山区|白沙埠镇|朱潘村||村主任|主任|是|||",
    )
]


def sheet(rows: list[list[Any]]) -> bytes:
    return "\n".join(",".join(map(str, row)) for row in [HEAD, *rows]).encode()


@pytest.fixture
def plan(cast, today):
    def make(rows: list[list[Any]], by: str = "city_office"):
        return plan_people(sheet(rows), by=getattr(cast, by).actor, on=today)

    return make


@pytest.fixture
def take(cast, now, plan):
    def do(rows: list[list[Any]]) -> dict[str, int]:
        return actions.import_people(by=cast.city_office.actor, now=now, plan=plan(rows))

    return do


def codes(plan) -> set[str]:
    return {fault.reason.code for row in plan.rows for fault in row.row.faults}


def test_a_dry_run_counts_and_touches_nothing(plan):
    before = Person.objects.count()
    counts = plan(ROWS).counts
    assert counts == {"rows": 3, "created": 3, "updated": 0, "unchanged": 0, "errors": 0, "warnings": 0}
    assert Person.objects.count() == before


def test_persons_posts_leaders_and_sponsors_come_from_the_sheet(take):
    assert take(ROWS)["created"] == 3
    deputy = Post.objects.get(person__name="甲")
    assert (deputy.kind, deputy.unit, deputy.title, deputy.expertise) == (
        "county_bureau",
        371302000000,
        "副局长",
        ["chemical"],
    )
    assert deputy.person.phone == "13800000001"
    assert set(Sponsorship.objects.filter(post=deputy).values_list("unit", flat=True)) == {371302101000, 371302102000}
    assert Leadership.objects.get(post__person__name="乙").unit == 371302101000
    assert Leadership.objects.get(post__person__name="丙").unit == 371302101202


def test_the_same_sheet_again_changes_nothing(take, plan):
    take(ROWS)
    assert plan(ROWS).counts["unchanged"] == 3
    assert take(ROWS)["unchanged"] == 3
    assert Post.objects.filter(person__name="乙").count() == 1


def test_a_second_post_of_a_known_person_makes_no_second_person(take):
    take(ROWS)
    take([["乙", "13800000002", "兰山区", "白沙埠镇", "", "安监站", "安监站人员", "站长", "", "", "", ""]])
    assert Person.objects.filter(name="乙").count() == 1
    assert set(Post.objects.filter(person__name="乙").values_list("kind", flat=True)) == {
        "township_leader",
        "township_safety",
    }


def test_a_changed_title_is_an_update_and_an_empty_cell_takes_nothing_away(take):
    take(ROWS)
    counts = take([["甲", "13800000001", "兰山区", "", "", "", "县局人员", "局长", "", "", "", ""]])
    assert counts["updated"] == 1
    post = Post.objects.get(person__name="甲")
    assert (post.title, post.organisation, post.expertise) == ("局长", "兰山区应急局", ["chemical"])
    assert Sponsorship.objects.filter(post=post, valid_to=None).count() == 2


def test_every_fault_of_a_row_is_collected_and_the_row_left_out(plan, take):
    bad = [["", "12", "兰山区", "", "", "", "不知道", "", "", "", "", "2021-13-45"]]
    faults = {fault.field for fault in plan(bad).rows[0].row.faults if fault.fatal}
    assert {"name", "phone", "post_kind", "valid_from"} <= faults
    assert take([*bad, ROWS[0]]) == {
        "rows": 2, "created": 1, "updated": 0, "unchanged": 0, "errors": 1, "warnings": 0,
    }  # fmt: skip


def test_an_unknown_village_is_never_the_township(plan):
    row = ["丁", "13800000004", "兰山区", "白沙埠镇", "没有这个村", "", "村主任", "", "", "", "", ""]
    assert plan([row]).counts["errors"] == 1


def test_a_post_at_the_wrong_level_is_a_fault(plan):
    row = ["丁", "13800000004", "兰山区", "白沙埠镇", "", "", "县局人员", "", "", "", "", ""]
    assert codes(plan([row])) == {"post_level"}


def test_people_of_another_county_are_refused(plan):
    assert codes(plan(ROWS[:1], by="stranger")) == {"not_your_unit"}


def test_a_sponsored_unit_is_one_level_below(plan):
    row = [*ROWS[0]]
    row[9] = "朱潘村"
    assert codes(plan([row])) == {"sponsor_unknown"}


def test_the_same_row_twice_is_said(plan):
    assert codes(plan([ROWS[0], ROWS[0]])) == {"twin_row"}


def test_an_export_reads_back_as_unchanged(take, plan, cast, today):
    take(ROWS)
    spec, target = people_spec(), BytesIO()
    people = list(Person.objects.filter(name__in=["甲", "乙", "丙"]))
    names = list(spec.by_name)
    rows = iter_values(spec, exported(people, on=today), names)
    assert write_table(target, title=spec.title, columns=columns_of(spec, names), rows=rows) == 3
    again = plan_people(target.getvalue(), by=cast.city_office.actor, on=today)
    assert [(row.do, row.row.faults) for row in again.rows] == [("unchanged", [])] * 3


def test_the_empty_form_holds_no_person(cast, today):
    target = BytesIO()
    write_template(target, people_spec())
    assert plan_people(target.getvalue(), by=cast.city_office.actor, on=today).counts["rows"] == 0


def test_a_stated_end_ends_the_post(take, today):
    take(ROWS)
    HEAD.append("离任日期")
    try:
        take([[*ROWS[1], "2026-11-01"]])
    finally:
        HEAD.pop()
    assert str(Post.objects.get(person__name="乙").valid_to) == "2026-11-01"
    assert not Leadership.objects.filter(post__person__name="乙", valid_to=None).exists()
