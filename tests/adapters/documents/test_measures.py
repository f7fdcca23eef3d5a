"""GB/T 9704-2012 in millimetres, measured on the printed page."""

from __future__ import annotations

import pytest

from anwang.adapters.docx import render_docx
from anwang.adapters.pdf import render_pdf
from anwang.domain.documents.tree import Paper
from tests.adapters.documents import measure, samples

pytestmark = [pytest.mark.slow, pytest.mark.poppler]
LINE = 225 / 22


def near(value: float, tolerance: float = 0.3) -> object:
    return pytest.approx(value, abs=tolerance)


def test_a_page_holds_22_lines_of_28_characters_in_156_by_225_mm(tmp_path):
    pdf = render_pdf(samples.full_page())
    lines = [line for line in measure.text(pdf, 1).splitlines() if "安" in line]
    assert [line.count("安") for line in lines] == [28] * 22
    page = measure.ink(pdf, tmp_path)
    rows = page.rows(page.dark, 30, 262)
    assert rows[0].start == near(37)
    assert rows[1].start - rows[0].start == near(LINE, 0.15)
    assert rows[-1].end <= 262
    width = page.columns(page.dark, 30, 262)
    assert width.start == near(28, 0.8)  # the glyph's own side bearing
    assert width.end == near(184, 0.8)


def test_the_head_of_a_letter_stands_where_the_standard_wants_it(tmp_path):
    page = measure.ink(render_pdf(samples.bulletin()), tmp_path)
    mark, rule = page.rows(page.red)
    assert mark.start == near(37 + 35)
    assert page.columns(page.red, mark.start, mark.end).length <= 156
    [(height, width)] = page.rules(page.red)
    assert (width.start, width.length) == (near(28), near(156))
    number, title = [row for row in page.rows(page.dark & ~page.red) if row.start > mark.end][:2]
    assert number.start - mark.end == near(2 * LINE, 0.6)
    assert height.start - number.end == near(4, 0.3)
    assert title.start - rule.end == near(2 * LINE, 0.6)


def test_page_numbers_stand_7_mm_below_the_text_odd_right_even_left(tmp_path):
    pdf = render_pdf(samples.bulletin())
    for page, side in ((1, "right"), (2, "left")):
        ink = measure.ink(pdf, tmp_path, page)
        [row] = ink.rows(ink.dark, 264)
        assert (row.start + row.end) / 2 == near(262 + 7, 0.4)
        width = ink.columns(ink.dark, row.start, row.end)
        character = 14 * 25.4 / 72
        gap = 184 - width.end if side == "right" else width.start - 28
        assert gap == near(character, 0.6)


def test_the_imprint_ends_on_the_last_line_of_the_last_page(tmp_path):
    pdf = render_pdf(samples.bulletin())
    page = measure.ink(pdf, tmp_path, measure.page_count(pdf))
    first, between, last = [(height, width) for height, width in page.rules() if height.start > 200]
    assert (last[0].start + last[0].end) / 2 == near(262)
    assert [width.length for _, width in (first, between, last)] == [near(156)] * 3
    assert first[0].length == near(0.35, 0.1)
    assert between[0].length == near(0.25, 0.1)


def test_a_sealed_date_is_four_characters_from_the_right_and_an_unsealed_one_two(tmp_path):
    for sealed, characters in ((True, 4), (False, 2)):
        pdf = render_pdf(samples.bulletin(sealed=sealed, enclosed=False))
        box = next(word for word in measure.words(pdf, 2) if word[4] == "2026年12月3日")
        assert 184 - box[2] == near(characters * 156 / 28, 1.2)


def test_every_letter_copy_keeps_inside_the_type_area(tmp_path):
    for document in (samples.letter(), samples.letter(long=True, signed=True)):
        page = measure.ink(render_pdf(document), tmp_path, 2)
        width = page.columns(page.dark, 0, 297)
        assert width.start >= 27.8
        assert width.end <= 184.3
        assert page.rows(page.dark)[0].start >= 20


def test_a_poster_fills_its_paper_in_type_for_two_metres(tmp_path):
    for paper, wide, high in ((Paper.A4, 210, 297), (Paper.A3, 297, 420)):
        page = measure.ink(render_pdf(samples.poster(paper)), tmp_path)
        assert page.pixels.shape[:2] == (near(high * 10, 2), near(wide * 10, 2))
        frame = page.columns(page.dark, 0, high)
        assert frame.length > wide * 0.9


@pytest.fixture(scope="module")
def word_letter(tmp_path_factory):
    return measure.through_libreoffice(render_docx(samples.bulletin()), tmp_path_factory.mktemp("letter"))


@pytest.mark.libreoffice
def test_word_holds_22_lines_of_28_characters_too(tmp_path):
    pdf = measure.through_libreoffice(render_docx(samples.full_page()), tmp_path)
    lines = [line for line in measure.text(pdf, 1).splitlines() if "安" in line]
    assert [line.count("安") for line in lines] == [28] * 22
    page = measure.ink(pdf, tmp_path)
    rows = page.rows(page.dark, 30, 262)
    assert rows[1].start - rows[0].start == near(29 * 25.4 / 72, 0.15)
    assert rows[0].start >= 37
    assert rows[-1].end <= 262
    assert page.columns(page.dark, 30, 262).end <= 184


@pytest.mark.libreoffice
def test_the_head_of_a_letter_in_word_stands_where_the_standard_wants_it(word_letter, tmp_path):
    page = measure.ink(word_letter, tmp_path)
    mark, rule = page.rows(page.red)
    assert mark.start == near(72, 1.5)  # depends on the font that stands in for 小标宋
    [(height, width)] = page.rules(page.red)
    assert (width.start, width.length) == (near(28), near(156))
    number, title = [row for row in page.rows(page.dark & ~page.red) if row.start > mark.end][:2]
    assert height.start - number.end == near(4, 0.6)
    assert title.start - rule.end == near(2 * LINE, 1.5)


@pytest.mark.libreoffice
def test_page_number_and_imprint_in_word_stand_where_the_standard_wants_them(word_letter, tmp_path):
    count = measure.page_count(word_letter)
    page = measure.ink(word_letter, tmp_path, count)
    last_height, last_width = page.rules()[-1]
    assert last_height.end == near(262, 0.8)
    assert last_width.length == near(156, 0.5)
    ink = measure.ink(word_letter, tmp_path, 2)
    [row] = ink.rows(ink.dark, 264)
    assert (row.start + row.end) / 2 == near(269, 0.8)
    assert ink.columns(ink.dark, row.start, row.end).end < 60
