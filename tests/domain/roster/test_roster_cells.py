from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.domain.roster import cells
from anwang.domain.roster.phones import parse_phones
from anwang.domain.roster.safe_text import DANGEROUS, neutralise, restore

MARCH_5 = date(2020, 3, 5)
NOON = datetime(2020, 3, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "2020年3月5日", "2020.3.5", "2020-03-05", "2020/3/5", "20200305", 20200305.0, "２０２０／３／５",
        "2020 年 3 月 5 日",        "2020年03月05号", "2020-3-5 00:00:00", "2020-03-05T08:30:00", "二〇二〇年三月五日",
        "二○二○年三月五日", 43895, 43895.5, "43895", NOON, MARCH_5, "\u00a02020、3、5 ",
    ],
)  # fmt: skip
def test_a_day_is_read_in_any_style(cell):
    assert cells.parse_date(cell) == cells.Parsed(MARCH_5)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("20.3.5", "date_year"), ("20年3月5日", "date_year"), ("3/5/20", "date_year"), ("2020年3月", "date_incomplete"),
        ("2020", "date_incomplete"), ("2020年2月30日", "date_impossible"), ("20201305", "date_impossible"),
        ("去年", "date_unreadable"), (-3, "date_unreadable"), (1e300, "date_unreadable"),
        ("二〇二〇年十三月一日", "date_impossible"), (float("nan"), "date_unreadable"),
        (float("inf"), "date_unreadable"),
        ("1820-01-01", "date_unreadable"), (NOON.replace(year=1820), "date_unreadable"),
    ],
)  # fmt: skip
def test_a_day_that_is_not_certain_is_refused(cell, code):
    parsed = cells.parse_date(cell)
    assert (parsed.value, parsed.fatal, parsed.reason.code) == (None, True, code)


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_every_day_survives_all_styles(day):
    styles = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        day.isoformat(),
    ]
    serial = (day - date(1899, 12, 30)) / timedelta(days=1)
    assert {cells.parse_date(style).value for style in [*styles, serial]} == {day}


@pytest.mark.parametrize(
    "word", ["", " ", "空", "无", "—", "——", "-", "\\", "/", "\u3000", "N/A", "暂无", None, "\u00a0\u200b"]
)
def test_words_for_nothing_are_nothing_everywhere(word):
    for parse in (cells.parse_text, cells.parse_date, cells.parse_count, cells.parse_number, parse_phones):
        assert parse(word) == cells.NOTHING


def test_text_is_cleaned_but_brackets_and_inner_meaning_stay():
    assert cells.clean("  临沂Ａ１２\u00a0（集团）\u3000有限\n公司\u200b ") == "临沂A12 （集团） 有限公司"
    assert cells.clean(12.0) == "12"
    assert cells.clean("A\nB") == "A B"


def test_a_text_that_is_too_long_is_refused_with_both_numbers():
    parsed = cells.parse_text("长" * 201)
    assert parsed.reason.code == "text_long"
    assert str(parsed.reason) == "内容有 201 个字，最多 200 个。"


@pytest.mark.parametrize(
    ("cell", "count"), [("1,200", 1200), ("１２０人", 120), (86.0, 86), (" 5 名", 5), ("0", 0), ("86.0", 86)]
)
def test_counts_are_read_with_units_and_commas(cell, count):
    assert cells.parse_count(cell) == cells.Parsed(count)


@pytest.mark.parametrize("cell", ["50-100", "很多", "-5", 3.5, True, "3.5", float("inf"), 1e20, "99999999999"])
def test_counts_that_are_no_counts_are_refused(cell):
    assert cells.parse_count(cell).reason.code == "number_unreadable"


def test_a_rough_count_is_taken_with_a_warning():
    parsed = cells.parse_count("约50人")
    assert (parsed.value, parsed.fatal, parsed.reason.code) == (50, False, "number_rough")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("是", True),
        ("√", True),
        ("二级", True),
        ("一级重大危险源", True),
        ("无", False),
        ("×", False),
        ("不涉及", False),
        (True, True),
        ("空", None),
        ("", None),
    ],
)
def test_yes_and_no_have_many_words_and_no_is_not_nothing(cell, value):
    assert cells.parse_yes_no(cell) == cells.Parsed(value)


def test_an_unknown_word_is_neither_yes_nor_no():
    assert cells.parse_yes_no("也许").reason.code == "yes_no_unreadable"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("13812345678", "13812345678"), ("138 1234 5678", "13812345678"), ("+86-138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"), (13812345678.0, "13812345678"), ("0539-8123456", "0539-8123456"),
        ("(0539)8123456", "0539-8123456"), ("0539—8123456", "0539-8123456"), ("05398123456", "0539-8123456"),
        ("0539-8123456转12", "0539-8123456-12"), ("400-123-4567", "400-123-4567"),
        ("13812345678/13912345678", "13812345678、13912345678"),
        ("13812345678 13912345678", "13812345678、13912345678"),
        ("手机：13812345678，办公：8123456", "13812345678、8123456"),
        ("13812345678\n0539-8123456", "13812345678、0539-8123456"),
    ],
)  # fmt: skip
def test_phones_are_read_one_or_several_in_a_cell(cell, value):
    assert parse_phones(cell) == cells.Parsed(value)


@pytest.mark.parametrize("cell", ["1381234567", "138123456789", "电话", "13812345678、123", True])
def test_a_phone_that_cannot_be_one_is_refused(cell):
    assert parse_phones(cell).reason.code == "phone_unreadable"


@pytest.mark.parametrize("cell", [5398123456.0, 1.38e20, float("nan"), 138])
def test_a_landline_as_a_number_has_lost_its_zero_and_is_refused(cell):
    parsed = parse_phones(cell)
    assert parsed.reason.code == "phone_numeric"
    assert "请将该列设为文本格式" in str(parsed.reason)


@given(
    st.lists(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), min_size=1, max_size=4, unique=True),
    st.sampled_from(["、", ",", "；", "/", " ", "\n", "或"]),
)
@pytest.mark.slow
def test_any_number_of_mobiles_with_any_separator_is_found_again(numbers, separator):
    assert parse_phones(separator.join(numbers)).value == "、".join(numbers)


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.none()))
@pytest.mark.slow
def test_no_cell_breaks_a_parser(cell):
    for parse in (
        cells.parse_text,
        cells.parse_date,
        cells.parse_count,
        cells.parse_number,
        cells.parse_yes_no,
        parse_phones,
    ):
        parsed = parse(cell)
        assert not (parsed.fatal and parsed.reason is None)


@given(st.text(max_size=20))
def test_neutralising_is_undone_exactly(text):
    safe = neutralise(text)
    assert restore(safe) == text
    assert safe[:1] not in set(DANGEROUS)
    assert safe.lstrip()[:1] not in set("=+-@＝＋－＠")


@pytest.mark.parametrize("start", list(DANGEROUS))
def test_every_dangerous_start_is_disarmed(start):
    assert neutralise(start + "cmd|' /C calc'!A0") == "'" + start + "cmd|' /C calc'!A0"
