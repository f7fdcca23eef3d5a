"""Pictures in PDF and DOCX: within their measures, with what a reader hears, and words where a file is gone."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from PIL import Image as Drawn
from pypdf import PdfReader

from anwang.adapters.docx import render_docx
from anwang.adapters.pdf import render_pdf
from anwang.domain.base import Refusal
from anwang.domain.documents.tree import Document, Image, Pictures, Template, Title
from tests.adapters.documents import measure

pytestmark = [pytest.mark.slow, pytest.mark.poppler]
MM = 72 / 25.4
GONE = "原件缺失，未能附图"


def drawn(shade: int, size: tuple[int, int] = (480, 360), kind: str = "JPEG") -> bytes:
    out = BytesIO()
    image = Drawn.new("RGB", size, (8 * shade, 80, 160))
    image.paste((255, 255, 255), (8 * shade, 8, 8 * shade + 40, 48))
    image.save(out, kind)
    return out.getvalue()


def shot(shade: int, **more: object) -> Image:
    return replace(Image(drawn(shade), f"照片 {shade}", (f"编号 {shade}", "SHA-256 " + "0a" * 32), 57, 40), **more)


def document(*blocks: object) -> Document:
    return Document("x", "影像", (Title("影像"), *blocks), template=Template.TABLE, size=10.5)  # type: ignore[arg-type]


ALBUM = document(Pictures((*(shot(n) for n in range(5)), shot(9, content=None, missing=GONE))))


def pages_with(pdf: bytes) -> list[int]:
    return [len(page.images) for page in PdfReader(BytesIO(pdf)).pages]


def placed(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height in mm of every picture on the first page, as it is placed."""
    found = []

    def see(operator: bytes, _operands: object, matrix: list[float], _text: object) -> None:
        if operator == b"Do":
            found.append((round(abs(matrix[0]) / MM, 1), round(abs(matrix[3]) / MM, 1)))

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_operand_before=see)
    return found


def test_a_pdf_holds_every_picture_with_its_caption_and_says_which_is_gone() -> None:
    pdf = render_pdf(ALBUM)
    assert sum(pages_with(pdf)) == 5
    said = measure.plain(pdf)
    assert GONE in said
    assert all(f"编号{n}" in said for n in (0, 4, 9))
    assert (said.count("SHA-256"), said.count("a")) == (6, 6 * 32)


def test_a_reader_of_the_pdf_hears_what_a_picture_is() -> None:
    pdf = render_pdf(ALBUM)
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    heard = set()

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, dict):
            if "/Alt" in node:
                heard.add(str(node["/Alt"]))
            if "/K" in node:
                walk(node["/K"])
        elif isinstance(node, list):
            for each in node:
                walk(each)

    walk(root["/StructTreeRoot"])
    assert {f"照片 {n}" for n in range(5)} <= heard


def test_the_same_pictures_are_the_same_file() -> None:
    assert render_pdf(ALBUM) == render_pdf(ALBUM)
    assert render_docx(ALBUM) == render_docx(ALBUM)


def test_a_docx_does_not_hold_the_hour_at_which_it_was_packed() -> None:
    with ZipFile(BytesIO(render_docx(ALBUM))) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_picture_is_larger_than_it_may_be_and_none_is_bent() -> None:
    wide, high = drawn(1, (1200, 200)), drawn(2, (200, 1200), "PNG")
    pdf = render_pdf(document(Image(wide, "宽", (), 100, 90), Image(high, "高", (), 100, 90)))
    assert placed(pdf) == [(100.0, 16.7), (15.0, 90.0)]
    word = docx.Document(BytesIO(render_docx(document(Image(wide, "宽", (), 100, 90), Image(high, "高", (), 100, 90)))))
    sizes = [(round(shape.width.mm, 1), round(shape.height.mm, 1)) for shape in word.inline_shapes]
    assert sizes == [(100.0, 16.7), (15.0, 90.0)]


def test_a_docx_holds_them_with_alternative_texts_and_numbers_of_their_own() -> None:
    word = docx.Document(BytesIO(render_docx(ALBUM)))
    shapes = [shape._inline.docPr for shape in word.inline_shapes]
    assert [shape.get("descr") for shape in shapes] == [f"照片 {n}" for n in range(5)]
    assert len({shape.get("id") for shape in shapes}) == 5
    cells = "\n".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    assert GONE in cells
    assert "编号 4" in cells


def test_equal_pictures_are_stored_once() -> None:
    twice = document(Pictures((shot(1), shot(1))))
    with ZipFile(BytesIO(render_docx(twice))) as archive:
        assert len([name for name in archive.namelist() if name.startswith("word/media/")]) == 1


def test_rows_go_on_over_pages_and_none_is_broken() -> None:
    pdf = render_pdf(document(Pictures(tuple(shot(n) for n in range(30)))))
    counts = pages_with(pdf)
    assert len(counts) > 1
    assert sum(counts) == 30
    assert all(count % 3 == 0 for count in counts)


def test_what_is_no_picture_is_no_image() -> None:
    with pytest.raises(ValueError, match="JPEG or a PNG"):
        Image(b"GIF89a", "动图")
    with pytest.raises(ValueError, match="column"):
        Pictures((), columns=0)


@pytest.mark.parametrize("render", [render_pdf, render_docx])
def test_a_picture_that_breaks_off_is_refused_with_a_sentence(render) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refusal):
        render(document(shot(1, content=drawn(1)[:60])))
