"""Numbers, dates, names and titles as official Chinese writes them."""

from __future__ import annotations

from datetime import date

import pytest

from anwang.domain.base import Refusal
from anwang.domain.documents.tree import Heading, Para
from anwang.domain.documents.wording import (
    chinese_date,
    chinese_number,
    clean,
    document_number,
    numbered,
    spread_name,
    text_width,
    title_lines,
)


def test_a_document_number_has_its_year_in_hexagonal_brackets_and_no_padding():
    assert document_number("临应急发", 2020, 9) == "临应急发〔2020〕9号"


@pytest.mark.parametrize(("code", "year", "serial"), [("", 2020, 9), ("临应急发", 20, 9), ("临应急发", 2020, 0)])
def test_a_broken_document_number_is_refused(code, year, serial):
    with pytest.raises(Refusal) as refusal:
        document_number(code, year, serial)
    assert refusal.value.code == "documents.number_invalid"
    assert str(year) in str(refusal.value)


def test_dates_are_written_without_padding_and_blank_ones_leave_room_for_a_pen():
    assert chinese_date(date(2020, 3, 5)) == "2020年3月5日"
    assert chinese_date(None).split() == ["年", "月", "日"]


@pytest.mark.parametrize(
    ("value", "text"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_headings_count_in_chinese(value, text):
    assert chinese_number(value) == text


def test_headings_are_numbered_by_level_and_start_again_below_each():
    blocks = [
        Heading(1, "甲"),
        Heading(2, "乙"),
        Heading(2, "丙"),
        Heading(3, "丁"),
        Heading(4, "戊"),
        Heading(1, "己"),
    ]
    blocks += [Para("文"), Heading(2, "庚"), Heading(1, "辛", label=""), Heading(1, "壬", label="附则　")]
    labels = [block.label for block in numbered(blocks) if isinstance(block, Heading)]
    assert labels == ["一、", "（一）", "（二）", "1.", "（1）", "二、", "（一）", "", "附则　"]


def test_numbering_twice_changes_nothing():
    once = numbered([Heading(1, "甲"), Heading(2, "乙"), Heading(2, "丙")])
    assert numbered(once) == once


def test_a_heading_below_the_fourth_level_is_refused():
    with pytest.raises(ValueError, match="level"):
        Heading(5, "太深")


def test_two_character_names_are_spread_to_three():
    assert [spread_name(name) for name in ("张伟", "张 伟", "欧阳文昇", "王金光")] == [
        "张　伟",
        "张　伟",
        "欧阳文昇",
        "王金光",
    ]


def test_width_counts_latin_as_half():
    assert text_width("2026年") == 3


@pytest.mark.parametrize(
    "title",
    [
        "临沂市应急管理局关于印发《临沂市企业安全生产包保督导工作方案》的通知",
        "临沂市应急管理局关于2026年11月企业安全生产包保督导工作情况的通报",
        "关于进一步做好岁末年初企业安全生产包保督导工作切实防范各类生产安全事故的紧急通知",
    ],
)
def test_titles_break_into_balanced_lines_and_lose_nothing(title):
    lines = title_lines(title, 19)
    assert "".join(lines) == title
    assert max(map(text_width, lines)) <= 19
    assert max(map(text_width, lines)) - min(map(text_width, lines)) <= 9
    assert not any(line[0] in "的、》）。，" for line in lines)


def test_a_short_title_stays_on_one_line_and_a_line_feed_decides():
    assert title_lines("工作方案") == ("工作方案",)
    assert title_lines("全市企业\n工作方案") == ("全市企业", "工作方案")


def test_an_endless_title_is_cut_and_not_searched_for_ever():
    assert "".join(title_lines("安" * 300, 19)) == "安" * 300


def test_nothing_invisible_is_printed():
    assert clean("甲\x00\u200b乙\ufe0f\u202e丙\r\n丁\t戊\ud800") == "甲乙丙\n丁 戊"
