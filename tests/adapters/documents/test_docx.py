"""What a DOCX holds: real headings, tables, fields and fonts; LibreOffice opens it like the PDF."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from anwang.adapters.docx import render_docx
from anwang.domain.base import Refusal
from anwang.domain.documents.tree import Document, Para, Title
from tests.adapters.documents import measure, samples

pytestmark = pytest.mark.slow


def opened(document):
    return docx.Document(BytesIO(render_docx(document)))


def test_headings_are_real_headings_with_their_numbers():
    word = opened(samples.bulletin())
    found = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert found[:3] == [
        ("Heading 1", "一、总体情况"),
        ("Heading 1", "二、存在问题"),
        ("Heading 2", "（一）个别乡镇联系不及时"),
    ]


def test_text_is_set_in_named_chinese_faces_with_substitutes():
    data = render_docx(samples.bulletin())
    with ZipFile(BytesIO(data)) as package:
        body, fonts = package.read("word/document.xml").decode(), package.read("word/fontTable.xml").decode()
    for family in ("仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"):
        assert f'w:eastAsia="{family}"' in body
    assert 'w:altName w:val="仿宋,' in fonts
    assert "docGrid" not in body


def test_lines_are_exactly_29_points_and_the_type_area_is_the_standard_one():
    word = opened(samples.full_page())
    section = word.sections[0]
    measures = [section.top_margin.mm, section.bottom_margin.mm, section.left_margin.mm, section.right_margin.mm]
    assert measures == [pytest.approx(value, abs=0.1) for value in (37, 35, 28, 26)]
    spacing = word.paragraphs[0]._p.pPr.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("580", "exact")


def test_lists_are_real_tables_whose_header_repeats():
    word = opened(samples.list_documents(20)["statistics"])
    [table] = word.tables
    assert len(table.columns) == 25
    assert len(table.rows) == 21
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.cell(1, 5).text == "91371323MA3C0XXW8M"


def test_two_level_headers_are_merged_cells():
    table = opened(samples.bulletin()).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["县区", "半月联系", "半月联系", "完成率"]
    assert [cell.text for cell in table.rows[1].cells] == ["县区", "应办", "已办", "完成率"]


def test_page_numbers_are_fields_and_odd_and_even_differ():
    word = opened(samples.bulletin())
    section = word.sections[0]
    feet = [section.footer._element.xml, section.even_page_footer._element.xml]
    assert all(" PAGE " in xml for xml in feet)
    assert ['w:val="right"' in feet[0], 'w:val="left"' in feet[1]] == [True, True]
    assert word.settings.odd_and_even_pages_header_footer


def test_an_empty_list_says_why_in_one_merged_cell():
    table = opened(samples.list_documents(0)["county"]).tables[0]
    assert {cell.text for cell in table.rows[1].cells} == {"本县区暂无包保企业"}


def test_a_signed_letter_holds_code_and_signatures():
    blank, signed = (len(opened(samples.letter(signed=s)).inline_shapes) for s in (False, True))
    with ZipFile(BytesIO(render_docx(samples.letter(signed=True)))) as package:
        pictures = [name for name in package.namelist() if name.startswith("word/media/")]
    assert len(pictures) == 3  # one code and two drawings, each stored once
    assert (blank, signed) == (2, 6)  # on both copies


def test_a_signature_that_is_no_picture_is_refused():
    letter = samples.letter(signed=True)
    signing = letter.blocks[-1]
    broken = replace(signing, signers=tuple(replace(signer, image=b"no") for signer in signing.signers))
    with pytest.raises(Refusal) as refusal:
        render_docx(replace(letter, blocks=(*letter.blocks[:-1], broken)))
    assert refusal.value.code == "documents.image_invalid"


def test_what_users_write_is_shown_literally():
    text = "<w:p>&amp; #x $y$ \x00\x0b{ } 甲"
    word = opened(Document("x", text, (Title("题"), Para(text, indent=False))))
    assert word.paragraphs[1].text == "<w:p>&amp; #x $y$ { } 甲"


def test_title_author_and_number_are_in_the_properties():
    properties = opened(samples.bulletin()).core_properties
    assert (properties.author, properties.subject) == ("临沂市应急管理局", "临应急发〔2026〕9号")
    assert properties.title.endswith("通报")


def test_several_documents_are_sections_that_count_their_pages():
    word = opened([samples.letter(1), samples.list_documents(1)["county"]])
    assert [section.orientation for section in word.sections] == [0, 1]
    assert all(section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1" for section in word.sections)


def test_nothing_to_write_is_refused():
    with pytest.raises(Refusal) as refusal:
        render_docx([])
    assert refusal.value.code == "documents.nothing"


@pytest.mark.libreoffice
@pytest.mark.poppler
def test_libreoffice_shows_a_letter_on_two_pages_even_with_the_longest_names(tmp_path):
    pdf = measure.through_libreoffice(render_docx(samples.letter(long=True, signed=True)), tmp_path)
    assert measure.page_count(pdf) == 2
    assert "第二联企业留存" in measure.plain(pdf, 2)
    assert samples.LONG_FIRM[:10] in measure.plain(pdf, 2)


@pytest.mark.libreoffice
@pytest.mark.poppler
def test_libreoffice_repeats_headers_and_counts_pages_of_a_list(tmp_path):
    pdf = measure.through_libreoffice(render_docx(samples.list_documents(60)["county"]), tmp_path)
    count = measure.page_count(pdf)
    assert count > 2
    assert all("企业名称" in measure.plain(pdf, page) for page in range(1, count + 1))
    assert f"第{count}页共{count}页" in measure.plain(pdf, count)
