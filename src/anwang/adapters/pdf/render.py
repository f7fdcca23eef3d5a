"""One PDF from one or many documents in one run of typst."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files as package_files
from pathlib import Path

import typst

from anwang.adapters.fonts import FontSet, font_set
from anwang.adapters.pdf.data import BREAK, Files, document_data
from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.documents.tree import Document
from anwang.domain.documents.wording import clean

_TEMPLATES = ("main.typ", "base.typ", "blocks.typ", "pages.typ")
# Tags for screen readers double the time of a mass print and make a long table ten times as large.
_TAGGED_UP_TO = 20  # documents
_TAGGED_ROWS = 500  # of tables
_KEPT_RUNS = 10  # runs after which typst drops what was not used again
GETA = "〓"  # what printers set for a character they do not have


def render_pdf(
    documents: Document | Sequence[Document],
    *,
    title: str = "",
    made_at: datetime | None = None,
    fonts: FontSet | None = None,
    replace_missing: bool = False,
) -> bytes:
    """The documents, each from page 1, as one PDF with embedded fonts, title and author.

    `made_at` (aware) is the PDF's creation time. Raises `Refusal`: `fonts.missing` without Chinese fonts,
    `documents.glyph_missing` when a character is in no font (or 〓 with `replace_missing`),
    `documents.nothing` for no documents, `documents.image_invalid` for a signature that is no PNG,
    `documents.typesetting` for a picture that breaks off.
    """
    several = [documents] if isinstance(documents, Document) else list(documents)
    if not several:
        raise Refusal("documents.nothing", gettext_noop("没有可生成的文件"))
    fonts = fonts or font_set()
    files = Files()
    data = json.dumps(
        {
            "faces": fonts.typst_faces,
            "title": clean(title or several[0].title),
            "author": clean(several[0].author),
            "documents": [document_data(document, files) for document in several],
        },
        ensure_ascii=False,
    )
    _check_images(files)
    data = _with_every_glyph(data, fonts, replace_missing)
    rows = sum(len(table.rows) for document in several for table in document.tables)
    tags = len(several) <= _TAGGED_UP_TO and rows <= _TAGGED_ROWS
    return _compile(data, files, fonts, made_at, tags=tags)


def forget() -> None:
    """Let typst drop the layouts it keeps from its last runs (0.4 MB a letter): empty runs make them old.

    A mass print then stays at the memory of one batch.
    """
    fonts = font_set().fonts
    for _ in range(_KEPT_RUNS + 1):
        typst.compile(b"", font_paths=fonts)


def _check_images(files: Files) -> None:
    for name, content in files.contents.items():
        if name.endswith(".png") and not content.startswith(b"\x89PNG\r\n\x1a\n"):
            raise Refusal("documents.image_invalid", gettext_noop("签名图片不是有效的 PNG 文件，请重新签名"))


def _with_every_glyph(data: str, fonts: FontSet, replace: bool) -> str:
    # Where a long run may break is never drawn: a font that does not list it lacks nothing.
    missing = fonts.missing(data.replace(BREAK, ""))
    if missing and not replace:
        raise Refusal(
            "documents.glyph_missing",
            gettext_noop("字体中没有这些字：%(characters)s；请安装含这些字的字体或核对输入"),
            characters=" ".join(missing),
        )
    # A text of megabytes is not gone through for nothing.
    return data.translate({ord(character): GETA for character in missing}) if missing else data


def _compile(data: str, files: Files, fonts: FontSet, made_at: datetime | None, *, tags: bool) -> bytes:
    with tempfile.TemporaryDirectory(prefix="anwang-pdf-") as scratch:
        root = Path(scratch)
        templates = package_files("anwang.adapters.pdf") / "templates"
        for name in _TEMPLATES:
            (root / name).write_bytes((templates / name).read_bytes())
        for name, content in files.contents.items():
            (root / name).write_bytes(content)
        (root / "data.json").write_text(data, encoding="utf-8")
        return _run(root, fonts, made_at, tags)


def _run(root: Path, fonts: FontSet, made_at: datetime | None, tags: bool) -> bytes:
    """A warning means that the page is not what was meant: it fails like an error."""
    # The PDF's clock has whole seconds and a fixed offset.
    made_at = made_at.astimezone(UTC).replace(microsecond=0) if made_at else None
    try:
        pdf, warnings = typst.compile_with_warnings(
            root / "main.typ", root=root, font_paths=fonts.fonts, timestamp=made_at, pdf_tags=tags
        )
    except typst.TypstError as error:
        raise Refusal("documents.typesetting", gettext_noop("排版失败：%(reason)s"), reason=error.message) from error
    if warnings:
        reasons = "；".join(sorted({warning.message for warning in warnings}))
        raise Refusal("documents.typesetting", gettext_noop("排版失败：%(reason)s"), reason=reasons)
    assert isinstance(pdf, bytes)
    return pdf
