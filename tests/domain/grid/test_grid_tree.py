import pytest

from anwang.adapters import reference
from anwang.domain.base import Level
from anwang.domain.grid.tree import UnitRow, build_tree

CITY = UnitRow("371300000000", "2", "临沂市", "370000000000", 2)
COUNTY = UnitRow("371311000000", "3", "罗庄区", "371300000000", 3)
TOWN = UnitRow("371311005000", "4", "高都街道", "371311000000", 4)


def faults_of(*rows):
    return [(fault.line, fault.reason.code) for fault in build_tree([CITY, COUNTY, *rows])[1]]


def test_a_sound_table_has_no_faults_and_knows_its_paths():
    tree, faults = build_tree([CITY, COUNTY, TOWN])
    assert faults == []
    assert tree.path_name(371311005000) == "罗庄区高都街道"
    assert [unit.name for unit in tree.under(371300000000)] == ["罗庄区"]
    assert [unit.name for unit in tree.subtree(371311000000)] == ["罗庄区", "高都街道"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (UnitRow("37131100500", "4", "短码", "371311000000", 9), "code_length"),
        (UnitRow("371311", "3", "短码", "371300000000", 9), "code_length"),
        (UnitRow("371311000000", "3", "重复", "371300000000", 9), "code_duplicate"),
        (UnitRow("371311006000", "5", "层级不符", "371311000000", 9), "level_mismatch"),
        (UnitRow("371311006000", "8", "层级不明", "371311000000", 9), "level_unknown"),
        (UnitRow("371311006000", "4", " ", "371311000000", 9), "name_missing"),
        (UnitRow("371311006000", "4", "别人的上级", "371312000000", 9), "parent_mismatch"),
        (UnitRow("371399006000", "4", "没有上级", "371399000000", 9), "parent_missing"),
    ],
)
def test_each_fault_is_named_with_its_line(row, code):
    assert faults_of(row) == [(9, code)]


def test_all_faults_come_together_and_an_orphan_takes_its_children_along():
    orphan = UnitRow("371399001000", "4", "孤乡", "371399000000", 7)
    child = UnitRow("371399001001", "5", "孤村", "371399001000", 8)
    bad = UnitRow("x", "4", "坏码", "", 9)
    assert faults_of(orphan, child, bad) == [(7, "parent_missing"), (8, "parent_missing"), (9, "code_length")]


@pytest.mark.parametrize(("year", "counts"), [(2019, (1, 15, 156, 4028)), (2023, (1, 13, 156, 4186))])
def test_the_shipped_tables_of_linyi_are_sound(year, counts):
    tree, faults = build_tree(reference.unit_rows(year))
    assert faults == []
    levels = (Level.CITY, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
    assert tuple(len(tree.at(level)) for level in levels) == counts
