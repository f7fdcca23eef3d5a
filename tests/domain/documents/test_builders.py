"""What each document says: pure trees, no file format."""

from __future__ import annotations

from datetime import date

import pytest

from anwang.domain.documents.tree import (
    QR,
    Annotation,
    AttachmentNote,
    Column,
    Disclosure,
    Heading,
    Imprint,
    KeyValues,
    Kind,
    OfficialHead,
    PageBreak,
    Para,
    Signatures,
    SignOff,
    Strip,
    Table,
    cell_text,
)
from tests.adapters.documents import samples

STATISTICS_HEADER = (
    "序号、县区、乡镇、村居、企业名称、统一社会信用代码、生产经营地址、行业、从业人数、企业主要负责人、联系电话、安全负责人、联系电话、"
    "重大危险源、风险等级、包保级别、包保人、单位、职务、联系电话、所属网格、网格长、承诺书签订日期、公示日期、备注"
)


def of(document, kind):
    return [block for block in document.blocks if isinstance(block, kind)]


def test_a_commitment_letter_is_two_copies_each_saying_whose_it_is():
    letter = samples.letter()
    assert [strip.right for strip in of(letter, Strip)] == ["第一联　承诺人留存", "第二联　企业留存"]
    assert len(of(letter, PageBreak)) == 1
    assert len(of(letter, Signatures)) == 2


def test_both_copies_carry_all_eight_promises_the_number_the_credit_code_and_the_same_code():
    letter = samples.letter()
    promises = [para.text for para in of(letter, Para)]
    assert [promises.count(rule) for rule in samples.RULES] == [2] * 8
    assert {strip.left for strip in of(letter, Strip)} == {"编号：临应急包承〔2026〕12号"}
    values = [pair.value for grid in of(letter, KeyValues) for pair in grid.pairs]
    assert values.count("91371323MA3C0XXW8M") == 2
    assert {signing.qr.payload for signing in of(letter, Signatures)} == {"https://anwang.example/v/00000012"}


def test_an_unsigned_letter_leaves_the_date_blank_and_a_signed_one_shows_signature_and_date():
    blank, signed = of(samples.letter(), Signatures)[0], of(samples.letter(signed=True), Signatures)[0]
    assert blank.signers[0].image is None
    assert "2026" not in blank.signers[0].date
    assert signed.signers[0].image == samples.drawn_signature()
    assert signed.signers[0].date == "2026年3月5日"


def test_longer_texts_are_set_smaller_so_that_a_copy_stays_on_its_page():
    assert samples.letter(long=True).size < samples.letter().size <= 14


def test_the_notice_sheet_shows_the_post_the_telephones_and_where_to_complain():
    sheet = samples.poster()
    labels = {pair.label: pair.value for pair in of(sheet, KeyValues)[0].pairs}
    assert labels["安全专员"] == "王金光"
    assert labels["监督电话"] == "0539-12350"
    assert of(sheet, QR)[0].payload == "https://anwang.example/p/7f3k9q"
    assert sheet.disclosure is Disclosure.PUBLIC


def test_the_statistics_table_has_exactly_the_columns_of_attachment_five():
    table = samples.list_documents(3)["statistics"].tables[0]
    assert "、".join(table.header) == STATISTICS_HEADER
    assert table.rows[1][:3] == (2, "沂水县", "沂城街道")


def test_codes_and_telephones_stay_text_and_dates_stay_dates_for_the_spreadsheet():
    table = samples.list_documents(3)["statistics"].tables[0]
    kinds = {column.header: column.kind for column in table.columns}
    assert kinds["统一社会信用代码"] is Kind.CODE
    assert kinds["联系电话"] is Kind.CODE
    assert table.rows[1][table.header.index("公示日期")] == date(2026, 3, 20)


def test_lists_with_names_and_telephones_are_not_public():
    assert {document.disclosure for document in samples.list_documents(1).values()} == {Disclosure.CLOSED}


def test_a_list_counts_its_enterprises_by_grade_worst_first():
    strip = of(samples.list_documents(6)["township"], Strip)[0]
    assert strip.right == "共6家：重大风险2家，较大风险2家，一般风险1家，低风险1家"


def test_an_empty_list_says_why():
    table = samples.list_documents(0)["county"].tables[0]
    assert table.rows == ()
    assert table.empty == "本县区暂无包保企业"


def test_every_standing_attachment_says_that_it_is_public():
    for document in samples.attachment_documents().values():
        assert of(document, Annotation)[-1].text == "信息公开形式：主动公开"


def test_an_official_letter_has_head_text_and_imprint_in_order():
    kinds = [type(block) for block in samples.bulletin().blocks]
    order = [
        kinds.index(kind) for kind in (OfficialHead, Heading, AttachmentNote, SignOff, Annotation, PageBreak, Imprint)
    ]
    assert order == sorted(order)
    assert kinds[-1] is Imprint


def test_a_row_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="one cell"):
        Table((Column("甲", 10), Column("乙", 10)), (("1",),))


def test_cells_print_dates_in_iso_and_nothing_for_none():
    assert [cell_text(cell) for cell in (None, 3, date(2026, 3, 5), "甲")] == ["", "3", "2026-03-05", "甲"]
