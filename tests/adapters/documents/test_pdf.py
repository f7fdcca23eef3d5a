"""What a PDF says and holds: text, fonts, pictures, metadata, refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import numpy as np
import pytest
from pypdf import PdfReader

from anwang.adapters.fonts import FontSet, font_set
from anwang.adapters.pdf import render_pdf, render_pdf_batches
from anwang.adapters.qr import qr_svg
from anwang.domain.base import Refusal
from anwang.domain.documents.tree import Column, Document, Para, Table, Template, Title
from tests.adapters.documents import measure, samples

pytestmark = [pytest.mark.slow, pytest.mark.poppler]
MARKUP = '#panic() $x^2$ *粗* _斜_ @ref <label> `code` \\alpha // 注 /* */ [块] "引" \' ~ --- = 标题 #"a"'


def squeezed(string: str) -> str:
    return "".join(string.split())


def test_what_users_write_is_shown_literally_and_never_run():
    table = Table((Column("甲", 80), Column("乙", 80)), ((MARKUP, "#{1+1}"),), empty=MARKUP)
    document = Document("x", MARKUP, (Title(MARKUP), Para(MARKUP, lead="#lead "), table), author="#author")
    pdf = render_pdf(document)
    said = measure.plain(pdf)
    assert said.count(squeezed(MARKUP)) >= 2
    assert "#{1+1}" in said
    assert "#lead" in said
    assert PdfReader(BytesIO(pdf)).metadata.title == MARKUP


def test_rare_characters_of_names_are_there_and_every_font_is_embedded():
    pdf = render_pdf(samples.letter(name="祊喆堃昇"))
    assert "祊喆堃昇" in measure.plain(pdf)
    rows = measure.fonts(pdf)
    assert rows
    assert all(row[-5] == "yes" for row in rows), rows  # emb sub uni object generation


def test_a_character_that_no_font_has_is_named_instead_of_printing_a_hole():
    document = Document("x", "题", (Para("王🙂"),))
    with pytest.raises(Refusal) as refusal:
        render_pdf(document)
    assert refusal.value.code == "documents.glyph_missing"
    assert "🙂" in str(refusal.value)
    assert "王〓" in measure.plain(render_pdf(document, replace_missing=True))


def test_a_font_that_does_not_list_the_place_of_a_break_lacks_nothing(monkeypatch):
    fonts = font_set()
    monkeypatch.setattr(FontSet, "missing", lambda self, text: "\u200b" if "\u200b" in text else "")
    document = Document("x", "题", (Table((Column("摘要", 20),), (("0a" * 32,),)),))
    assert "a" in measure.plain(render_pdf(document, fonts=fonts))


def test_title_author_and_time_are_in_the_metadata():
    pdf = render_pdf(samples.bulletin(), made_at=datetime(2026, 12, 3, 8, tzinfo=UTC))
    metadata = PdfReader(BytesIO(pdf)).metadata
    assert metadata.title == "临沂市应急管理局关于2026年11月企业安全生产包保督导工作情况的通报"
    assert metadata.author == "临沂市应急管理局"
    assert metadata.creation_date == datetime(2026, 12, 3, 8, tzinfo=UTC)


def test_the_same_document_is_the_same_file():
    at = datetime(2026, 12, 3, tzinfo=UTC)
    assert render_pdf(samples.letter(), made_at=at) == render_pdf(samples.letter(), made_at=at)


@pytest.mark.parametrize(("long", "signed"), [(False, False), (True, True)])
def test_a_letter_is_two_pages_with_equal_content(long, signed):
    pdf = render_pdf(samples.letter(long=long, signed=signed))
    assert measure.page_count(pdf) == 2
    first, second = measure.plain(pdf, 1), measure.plain(pdf, 2)
    assert first.replace("第一联承诺人留存", "") == second.replace("第二联企业留存", "")
    assert ("2026年3月5日" in first) is signed
    assert squeezed("".join(samples.RULES))[-12:] in first


def test_a_signed_letter_shows_the_drawn_signature_of_both_parties():
    blank, signed = render_pdf(samples.letter()), render_pdf(samples.letter(signed=True))
    drawn = [len(PdfReader(BytesIO(pdf)).pages[0].images) for pdf in (blank, signed)]
    assert drawn[1] - drawn[0] == 2


def test_a_signature_that_is_no_picture_is_refused():
    letter = samples.letter(signed=True)
    signing = letter.blocks[-1]
    broken = replace(signing, signers=(replace(signing.signers[0], image=b"not a picture"), *signing.signers[1:]))
    with pytest.raises(Refusal) as refusal:
        render_pdf(replace(letter, blocks=(*letter.blocks[:-1], broken)))
    assert refusal.value.code == "documents.image_invalid"


def test_a_png_that_breaks_off_is_refused_too():
    letter = samples.letter(signed=True)
    signing = letter.blocks[-1]
    half = samples.drawn_signature()[:60]
    broken = replace(signing, signers=tuple(replace(signer, image=half) for signer in signing.signers))
    with pytest.raises(Refusal):
        render_pdf(replace(letter, blocks=(*letter.blocks[:-1], broken)))


def test_nothing_to_print_is_refused():
    with pytest.raises(Refusal) as refusal:
        render_pdf([])
    assert refusal.value.code == "documents.nothing"


def test_long_names_and_addresses_wrap_inside_their_cells():
    for name, document in {"letter": samples.letter(long=True), "poster": samples.poster(long=True)}.items():
        pdf = render_pdf(document)
        said = measure.plain(pdf, 1)
        for part in (samples.LONG_FIRM[:6], samples.LONG_FIRM[-6:]):
            assert part in said, name
        assert max(right for _, _, right, _, _ in measure.words(pdf)) <= 190.1


def test_a_long_latin_word_wraps_too():
    word = "W" * 60
    table = Table((Column("甲", 20), Column("乙", 136)), ((word, "乙"),))
    pdf = render_pdf(Document("x", "表", (table,)))
    rights = [right for _, _, right, _, text in measure.words(pdf) if "WW" in text]
    assert len(rights) > 1
    assert max(rights) <= 28 + 20


@pytest.mark.parametrize("kind", ["township", "county", "statistics"])
def test_lists_repeat_their_header_on_every_page_and_number_the_pages(kind):
    pdf = render_pdf(samples.list_documents(60)[kind])
    count = measure.page_count(pdf)
    assert count > 1
    for page in range(1, count + 1):
        said = measure.plain(pdf, page)
        assert "企业名称" in said
        assert f"第{page}页共{count}页" in said
        assert "信息公开形式：不予公开" in said


def test_no_cell_of_the_widest_table_runs_into_its_neighbour():
    pdf = render_pdf(samples.list_documents(12)["statistics"])
    codes = [box for box in measure.words(pdf) if box[4].startswith("91371323MA3C0XXW8M")]
    assert len(codes) == 12
    assert {word[4] for word in codes} == {"91371323MA3C0XXW8M"}


def test_an_empty_list_prints_its_sentence():
    assert "本县区暂无包保企业" in measure.plain(render_pdf(samples.list_documents(0)["county"]))


@pytest.mark.parametrize("name", ["a1", "a2", "a4", "a6"])
def test_each_attachment_is_one_page_with_its_mark_and_title(name):
    document = samples.attachment_documents()[name]
    pdf = render_pdf(document)
    assert measure.page_count(pdf) == 1
    assert squeezed(document.title) in measure.plain(pdf)
    assert measure.plain(pdf).startswith(f"附件{name[1]}")


def test_several_documents_make_one_file_each_counted_from_its_first_page():
    pdf = render_pdf([samples.bulletin(), samples.list_documents(30)["county"], samples.bulletin()])
    assert PdfReader(BytesIO(pdf)).metadata.title.endswith("通报")
    pages = [measure.plain(pdf, page) for page in range(1, measure.page_count(pdf) + 1)]
    assert sum("—1—" in page for page in pages) == 2
    assert any("第1页共3页" in page for page in pages)


def test_the_printed_code_has_every_module_of_its_address(tmp_path):
    dark = measure.ink(render_pdf(samples.poster()), tmp_path).dark
    code = measure.modules(qr_svg("https://anwang.example/p/7f3k9q"))
    left, width = 20, 46
    rule = np.flatnonzero(dark[2000:2400, 400:1600].all(axis=1))[-1] + 2000  # the last rule of the grid above
    top = np.flatnonzero(dark[rule + 10 :, (left + 1) * 10])[0] + rule + 10
    centres = (np.arange(len(code)) + 0.5) * width * 10 / len(code)
    printed = dark[np.ix_((top + centres).astype(int), (left * 10 + centres).astype(int))]
    assert np.array_equal(printed, code)


def test_a_mass_print_makes_files_in_order_and_tells_how_far_it_is(tmp_path):
    told = []
    letters = (samples.letter(serial) for serial in range(1, 8))
    batches = list(render_pdf_batches(letters, tmp_path / "out", stem="承诺书", size=3, progress=told.append))
    assert [batch.path.name for batch in batches] == [
        "承诺书_00001-00003.pdf",
        "承诺书_00004-00006.pdf",
        "承诺书_00007-00007.pdf",
    ]
    assert told == [3, 6, 7]
    assert [measure.page_count(batch.path.read_bytes()) for batch in batches] == [6, 6, 2]
    assert "〔2026〕7号" in measure.plain(batches[-1].path.read_bytes())


def test_a_mass_print_in_processes_gives_the_same_files(tmp_path):
    letters = [samples.letter(serial) for serial in range(1, 5)]
    batches = list(render_pdf_batches(letters, tmp_path, stem="x", size=2, workers=2))
    assert [(batch.first, batch.last) for batch in batches] == [(1, 2), (3, 4)]
    assert "〔2026〕4号" in measure.plain(batches[1].path.read_bytes())


def test_every_template_prints_without_a_warning():
    for template in Template:
        document = (
            replace(samples.poster(), template=Template.POSTER) if template is Template.POSTER else samples.letter()
        )
        assert render_pdf(replace(document, template=template)).startswith(b"%PDF")
