"""One DOCX from one or many documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZipFile, ZipInfo

import docx
from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from anwang.adapters.docx import blocks, pages, tables
from anwang.adapters.docx.blocks import Page
from anwang.adapters.docx.oxml import Layout, Type, element, paragraph, run
from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.documents import tree as t
from anwang.domain.documents.wording import clean, numbered

_RENDERERS: dict[type, Callable[[Any, Page], list[Any]]] = {
    t.OfficialHead: blocks.official_head,
    t.AttachmentMark: blocks.attachment_mark,
    t.Strip: blocks.strip,
    t.Title: blocks.title,
    t.Addressee: blocks.addressee,
    t.Heading: blocks.heading,
    t.Para: blocks.para,
    t.Names: blocks.names,
    t.KeyValues: tables.key_values,
    t.Table: tables.data_table,
    t.Signatures: tables.signatures,
    t.QR: blocks.code,
    t.Image: blocks.image,
    t.Pictures: tables.pictures,
    t.SignOff: blocks.sign_off,
    t.AttachmentNote: blocks.attachment_note,
    t.Annotation: blocks.annotation,
    t.Imprint: tables.imprint,
}
_FIRST_PICTURE = 100_000  # above the numbers of other drawings
_LONGEST = 255  # characters that a property may have
_UNDATED = datetime(2020, 1, 1, tzinfo=UTC)


def render_docx(documents: t.Document | Sequence[t.Document], *, made_at: datetime | None = None) -> bytes:
    """The documents, each a section that counts its pages from 1, as one DOCX with title and author.

    Raises `Refusal`: `documents.nothing` for no documents, `documents.image_invalid` for a broken signature picture.
    """
    several = [documents] if isinstance(documents, t.Document) else list(documents)
    if not several:
        raise Refusal("documents.nothing", gettext_noop("没有可生成的文件"))
    word = docx.Document()
    pages.set_defaults(word)
    picture = _pictures(word)
    for number, document in enumerate(several):
        section = word.add_section(WD_SECTION.NEW_PAGE) if number else word.sections[0]
        pages.set_section(section, document, alone=len(several) == 1)
        _fill(word, document, number, picture)
    _set_properties(word, several[0], made_at)
    made = BytesIO()
    word.save(made)
    return _timeless(made)


def _timeless(package: BytesIO) -> bytes:
    """The same package without the hour at which it was packed: the same document is the same file."""
    out = BytesIO()
    with ZipFile(package) as made, ZipFile(out, "w") as kept:
        for part in made.infolist():
            kept.writestr(ZipInfo(part.filename), made.read(part), part.compress_type)
    return out.getvalue()


def _fill(word: Word, document: t.Document, serial: int, picture: blocks.Picture) -> None:
    page = Page(document, picture, serial)
    body = word.element.body
    end = body.sectPr
    for block in numbered(document.blocks):
        if isinstance(block, t.PageBreak):
            page.broken = True
            continue
        for made in _RENDERERS[type(block)](block, page):
            end.addprevious(made)
    if end.getprevious() is not None and end.getprevious().tag == qn("w:tbl"):  # Word wants a paragraph last
        end.addprevious(paragraph([run("", Type(size=1))], Layout(line=1)))


def _pictures(word: Word) -> blocks.Picture:
    """Embeds a picture `width` mm wide, or within `width` × `height` mm, as a drawing for a run; `alt` is read aloud.

    Each has a number of its own, also while its paragraph is not in the document yet.
    """
    numbers = count(_FIRST_PICTURE)

    def picture(content: bytes, width: float, height: float | None, alt: str = "") -> Any:
        if alt:
            _check(content)
        try:
            inline = word.part.new_pic_inline(BytesIO(content), Mm(width), None)
        except (UnrecognizedImageError, ValueError, KeyError) as error:
            raise Refusal("documents.image_invalid", gettext_noop("签名图片不是有效的 PNG 文件，请重新签名")) from error
        if height is not None and inline.extent.cy > Mm(height):
            inline = word.part.new_pic_inline(BytesIO(content), None, Mm(height))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        inline.docPr.set("id", str(next(numbers)))
        inline.docPr.set("descr", clean(alt))
        drawing = element("drawing")
        drawing.append(inline)
        return drawing

    return picture


def _check(content: bytes) -> None:
    """The whole picture can be read: what breaks off is not printed as half of it."""
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as opened:
            opened.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise Refusal("documents.image_invalid", gettext_noop("图片已损坏，不能放入文书")) from error


def _set_properties(word: Word, first: t.Document, made_at: datetime | None) -> None:
    properties = word.core_properties
    properties.title, properties.author = clean(first.title)[:_LONGEST], clean(first.author)[:_LONGEST]
    properties.subject = clean(first.number)[:_LONGEST]
    properties.comments = ""
    properties.last_modified_by = properties.author
    properties.created = properties.modified = (made_at or _UNDATED).astimezone(UTC).replace(tzinfo=None)
