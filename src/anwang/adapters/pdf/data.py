"""The content tree as plain data for the typst templates.

Text only ever travels as JSON values: nothing a user writes becomes typst code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from itertools import groupby
from typing import Any

from anwang.adapters.qr import qr_png, qr_svg
from anwang.domain.documents import tree as t
from anwang.domain.documents.wording import clean, numbered, spread_name, title_lines

BREAK = "\u200b"  # a line may end here
_LATIN = re.compile(r"[!-~]{5,}")
_PT_MM = 0.352778
_TITLE_EMS = {t.Template.OFFICIAL: 19, t.Template.FORM: 19, t.Template.POSTER: 16, t.Template.TABLE: 40}
_PAPER_WIDTH = {(t.Paper.A4, False): 210, (t.Paper.A4, True): 297, (t.Paper.A3, False): 297, (t.Paper.A3, True): 420}


class Files:
    """Binary files that go beside the data, named by content so that equal ones are stored once."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def add(self, content: bytes, suffix: str) -> str:
        """The name under which the template finds the content."""
        name = f"{sha256(content).hexdigest()[:24]}.{suffix}"
        self.contents[name] = content
        return name


def soften(text: str, ems: float) -> str:
    """Allow breaks inside runs of Latin text wider than `ems` ems, so that they wrap and never overflow."""
    return _LATIN.sub(lambda run: _soften_run(run.group(), ems), clean(text))


def _soften_run(run: str, ems: float) -> str:
    if sum(map(_latin_ems, run)) <= ems:
        return run
    parts, room = [""], ems
    for character in run:
        room -= _latin_ems(character)
        if room < 0 and parts[-1]:
            parts.append("")
            room = ems - _latin_ems(character)
        parts[-1] += character
    return BREAK.join(parts)


def _latin_ems(character: str) -> float:
    """An upper bound of a character's width in the fonts in use: digits are half an em, capitals up to one."""
    if character.isdigit() or character in ".,:;-()/|'il":
        return 0.5
    return 0.95 if character in "MWmw@%" else 0.78 if character.isupper() else 0.6


def document_data(document: t.Document, files: Files) -> dict[str, Any]:
    """One document as JSON-able data; images are added to `files`."""
    return {
        "title": clean(document.title),
        "number": clean(document.number),
        "disclosure": document.disclosure.label,
        "foot": document.foot,
        "template": document.template.value,
        "paper": document.paper.value,
        "landscape": document.landscape,
        "size": document.size,
        "blocks": [_block(block, document, files) for block in numbered(document.blocks)],
    }


def _block(block: t.Block, document: t.Document, files: Files) -> dict[str, Any]:
    data = {"t": type(block).__name__}
    special = _SPECIAL.get(type(block))
    if special is not None:
        return data | special(block, document, files)
    return data | {name: _plain(getattr(block, name)) for name in block.__slots__}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _title(block: t.Title, document: t.Document, files: Files) -> dict[str, Any]:
    lines = title_lines(clean(block.text), _TITLE_EMS[document.template])
    return {"lines": list(lines), "subtitle": clean(block.subtitle)}


def _names(block: t.Names, document: t.Document, files: Files) -> dict[str, Any]:
    return {"role": clean(block.role), "people": [spread_name(clean(name)) for name in block.people]}


def _key_values(block: t.KeyValues, document: t.Document, files: Files) -> dict[str, Any]:
    ems = 156 / _PT_MM / 10.5 / block.columns - 8
    pairs = [{"label": clean(p.label), "value": soften(p.value, ems), "wide": p.wide} for p in block.pairs]
    return {"pairs": pairs, "columns": block.columns, "head": clean(block.head), "label_width": block.label_width}


def _table(block: t.Table, document: t.Document, files: Files) -> dict[str, Any]:
    scale = _table_width(document) / sum(column.width for column in block.columns)
    ems = [(column.width * scale - 1.7) / _PT_MM / block.size for column in block.columns]
    return {
        "widths": [column.width for column in block.columns],
        "aligns": [column.align.value for column in block.columns],
        "header": header_rows(block, ems),
        "rows": [_row(row, ems) for row in block.rows],
        "total": _row(block.total, ems) if block.total else [],
        "empty": clean(block.empty),
        "size": block.size,
    }


def _table_width(document: t.Document) -> float:
    """The room for a table in mm; the templates set the same margins."""
    if document.template is not t.Template.TABLE:
        return 156
    return _PAPER_WIDTH[document.paper, document.landscape] - 30


def _row(row: tuple[t.Cell, ...], ems: list[float]) -> list[str]:
    return [soften(t.cell_text(cell), width) for cell, width in zip(row, ems, strict=True)]


def header_rows(table: t.Table, ems: list[float]) -> list[list[dict[str, Any]]]:
    """One row of header cells, or two with groups above: each cell with its balanced text and its spans."""
    cells = [
        {"text": "\n".join(title_lines(clean(column.header), max(2, int(room)))), "cols": 1, "rows": 1}
        for column, room in zip(table.columns, ems, strict=True)
    ]
    if not table.grouped:
        return [cells]
    above: list[dict[str, Any]] = []
    below: list[dict[str, Any]] = []
    for group, run in groupby(zip(table.columns, cells, strict=True), key=lambda pair: pair[0].group):
        members = [cell for _, cell in run]
        if group:
            above.append({"text": clean(group), "cols": len(members), "rows": 1})
            below += members
        else:
            above += [cell | {"rows": 2} for cell in members]
    return [above, below]


def _qr(block: t.QR, document: t.Document, files: Files) -> dict[str, Any]:
    """Vectors for a board; pixels for forms, which are printed by the ten thousand and take half the time so."""
    if document.template is t.Template.FORM:
        name = files.add(qr_png(block.payload, scale=8), "png")
    else:
        name = files.add(qr_svg(block.payload).encode(), "svg")
    return {"file": name, "caption": clean(block.caption), "size": block.size}


def _signatures(block: t.Signatures, document: t.Document, files: Files) -> dict[str, Any]:
    return {
        "qr": _qr(block.qr, document, files) if block.qr else None,
        "signers": [_signer(signer, files) for signer in block.signers],
        "follows": block.follows,
    }


def _signer(signer: t.Signer, files: Files) -> dict[str, Any]:
    return {
        "lines": [[clean(label), soften(value, 14)] for label, value in signer.lines],
        "date": clean(signer.date),
        "note": clean(signer.note),
        "image": files.add(signer.image, "png") if signer.image else None,
    }


def _image(block: t.Image, document: t.Document, files: Files) -> dict[str, Any]:
    """Several copies of a picture are one file."""
    return _shown(block, files, 160 / _PT_MM / 9) | {"size": 9}


def _pictures(block: t.Pictures, document: t.Document, files: Files) -> dict[str, Any]:
    ems = _table_width(document) / block.columns / _PT_MM / block.size - 2
    items = [_shown(item, files, ems) for item in block.items]
    return {"items": items, "columns": block.columns, "size": block.size}


def _shown(image: t.Image, files: Files, ems: float) -> dict[str, Any]:
    return {
        "file": files.add(image.content, image.suffix or "") if image.content is not None else None,
        "alt": clean(image.alt), "caption": [soften(line, ems) for line in image.caption],
        "width": image.width, "height": image.height, "missing": soften(image.missing, ems),
    }  # fmt: skip


_SPECIAL: dict[type, Callable[[Any, t.Document, Files], dict[str, Any]]] = {
    t.Title: _title,
    t.Names: _names,
    t.KeyValues: _key_values,
    t.Table: _table,
    t.QR: _qr,
    t.Image: _image,
    t.Pictures: _pictures,
    t.Signatures: _signatures,
}
