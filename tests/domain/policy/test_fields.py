"""A reader never stops at the first fault and always returns a usable value."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.domain.base import Grade, Interval
from anwang.domain.policy.fields import Fields
from anwang.domain.policy.nodes import Items, Mark, Node, Scalar, Table, canonical
from anwang.domain.policy.reading import Reading

DAY = date(2020, 3, 5)


def scalar(text: str, line: int = 1, *, quoted: bool = False) -> Scalar:
    return Scalar(text, Mark("p.yaml", line), quoted)


def fields(**values: str | Node) -> Fields:
    """A table whose keys stand on the lines 1, 2, 3 …"""
    pairs = [
        (scalar(key, line), scalar(value, line) if isinstance(value, str) else value)
        for line, (key, value) in enumerate(values.items(), 1)
    ]
    return Fields(Table(tuple(pairs), Mark("p.yaml", 1)), Reading(), "here")


def faults(reader: Fields) -> list[str]:
    return [str(fault) for fault in reader.reading.faults]


@given(st.integers(-50, 150))
def test_a_whole_number_lies_between_its_limits(number: int) -> None:
    reader = fields(days=str(number))
    assert reader.integer("days", 0, 99) == (number if 0 <= number <= 99 else 0)
    assert len(faults(reader)) == (not 0 <= number <= 99)


@pytest.mark.parametrize("text", ["1.0", "１", "1e3", "0x1", "一", "9" * 30])
def test_other_writings_are_no_whole_numbers(text: str) -> None:
    reader = fields(days=text)
    reader.integer("days", 0, 10**6)
    assert faults(reader) == [f"p.yaml:1 here.days：应为 0 至 1000000 的整数（实际为 “{text}”）"]


@given(st.dates(), st.integers(-3, 400))
def test_an_interval_ends_after_it_starts(start: date, days: int) -> None:
    end = start + timedelta(days=days) if days and start.year < 9998 and start.year > 1 else None
    values = {"valid_from": start.isoformat()} | ({"valid_to": end.isoformat()} if end else {})
    reader = fields(**values)
    good = end is None or end > start
    assert reader.interval() == Interval(start, end if good else None)
    assert len(faults(reader)) == (not good)


def test_a_missing_key_is_said_at_its_table() -> None:
    reader = fields(name="x", empty="")
    assert reader.text("title") == reader.text("empty") == ""
    assert faults(reader) == ["p.yaml:1 here.title：此键必填", "p.yaml:2 here.empty：此键必填"]


def test_an_empty_text_in_quotes_is_a_text() -> None:
    reader = fields(name=scalar("", quoted=True))
    assert reader.text("name") == ""
    assert faults(reader) == []


def test_a_member_that_is_none_of_the_choices_names_them_all() -> None:
    reader = fields(grade="huge")
    assert reader.one_of("grade", Grade) is Grade.MAJOR
    assert "major、larger、general、low" in faults(reader)[0]


def test_a_key_that_nobody_reads_is_a_fault_and_names_the_known_ones() -> None:
    reader = fields(name="x", nmae="y")
    reader.text("name")
    reader.close()
    assert faults(reader) == ["p.yaml:2 here.nmae：应为这些键之一：name"]


def test_a_list_where_a_value_belongs_is_a_fault() -> None:
    reader = fields(name=Items((), Mark("p.yaml", 1)))
    assert reader.text("name") == ""
    assert faults(reader) == ["p.yaml:1 here.name：应为单个值（实际为 列表）"]


def test_a_value_that_refuses_itself_becomes_one_fault() -> None:
    reader = fields(name="x")
    assert reader.make(lambda: int("x")) is None
    assert faults(reader)[0].startswith("p.yaml:1 here：invalid literal")
    assert reader.make(lambda: int("y")) is None
    assert len(faults(reader)) == 1


INTERVALS = st.builds(
    lambda start, days: Interval(DAY + timedelta(days=start), None if days is None else DAY + timedelta(start + days)),
    st.integers(0, 60),
    st.none() | st.integers(1, 30),
)


@pytest.mark.slow
@given(st.lists(INTERVALS, min_size=1, max_size=4))
def test_versions_of_one_name_are_refused_exactly_when_two_share_a_day(intervals: list[Interval]) -> None:
    reading = Reading()
    for line, interval in enumerate(intervals, 1):
        reading.declare_version("rule", "N7.2", interval, Mark("p.yaml", line), "here")
    reading.finish()
    share = any(one.overlaps(two) for i, one in enumerate(intervals) for two in intervals[i + 1 :])
    assert bool(reading.faults) == share


def test_a_name_may_be_used_before_it_is_declared() -> None:
    reading = Reading()
    reading.use("条款", "二.2", Mark("p.yaml", 1), "here")
    reading.use("条款", "二.3", Mark("p.yaml", 2), "here")
    reading.declare("条款", "二.2", Mark("p.yaml", 9), "there")
    reading.finish()
    assert [str(fault) for fault in reading.faults] == ["p.yaml:2 here：应为本方案中已有的条款（实际为 “二.3”）"]


def test_what_a_table_says_does_not_depend_on_the_order_of_its_keys() -> None:
    one, two = fields(a="1", b="2").table, fields(b="2", a="1").table
    assert canonical(one) == canonical(two)
    assert canonical(one) != canonical(fields(a="1", b="3").table)
