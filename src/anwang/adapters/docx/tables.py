"""Blocks that are tables in Word: data tables, labelled values, signing places, imprint."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from math import ceil
from typing import Any

from anwang.adapters.docx.blocks import Page, shown
from anwang.adapters.docx.boxes import bottom_box
from anwang.adapters.docx.grids import GridCell, GridStyle, grid
from anwang.adapters.docx.oxml import BLUE, Layout, Type, element, paragraph, run, tab
from anwang.adapters.qr import qr_png
from anwang.domain.documents import tree as t
from anwang.domain.documents import wording as w

_FLAT = ("top", "bottom", "insideH")


def _gap(points: float) -> Any:
    """An empty line that keeps tables apart; Word joins tables that touch."""
    return paragraph([run("", Type(size=1))], Layout(line=points))


def data_table(block: t.Table, page: Page) -> list[Any]:
    """A table with repeated header rows; without rows one merged cell says why."""
    scale = page.width / sum(column.width for column in block.columns)
    widths = [column.width * scale for column in block.columns]
    song, hei = Type(size=block.size, family="宋体"), Type(t.Face.HEI, block.size)
    rows = [
        [GridCell(t.cell_text(cell), song, column.align.value) for cell, column in zip(row, block.columns, strict=True)]
        for row in block.rows
    ]
    if not rows:
        rows = [[GridCell(block.empty, Type(t.Face.KAI, 12), "center", span=len(widths))]]
    if block.total:
        rows.append(
            [GridCell(t.cell_text(c), hei, col.align.value) for c, col in zip(block.total, block.columns, strict=True)]
        )
    style = GridStyle(pad_x=2.5 if block.size >= 9 else 1.8)
    return [grid(widths, _header(block, widths), rows, style), _gap(6)]


def _header(block: t.Table, widths: list[float]) -> list[list[GridCell]]:
    look = Type(t.Face.HEI, block.size)

    def cell(text: str, width: float, **extra: Any) -> GridCell:
        lines = w.title_lines(w.clean(text), max(2, int((width - 5) / block.size)))
        return GridCell("\n".join(lines), look, "center", **extra)

    pairs = list(zip(block.columns, widths, strict=True))
    if not block.grouped:
        return [[cell(column.header, width) for column, width in pairs]]
    above, below = [], []
    for group, run_of in groupby(pairs, key=lambda pair: pair[0].group):
        members = list(run_of)
        if group:
            above.append(GridCell(group, look, "center", span=len(members)))
            below += [cell(column.header, width) for column, width in members]
        else:
            above += [cell(column.header, width, merge="restart") for column, width in members]
            below += [GridCell("", look, merge="continue") for _ in members]
    return [above, below]


def key_values(block: t.KeyValues, page: Page) -> list[Any]:
    """Labelled values, ruled; on a poster one pair a row in big type between blue rules."""
    poster = page.document.template is t.Template.POSTER
    size = 22 if poster else min(page.document.size, 11)
    value, label = page.look(t.Face.HEI if poster else t.Face.FANG, size), page.look(t.Face.HEI, size)
    label = Type(label.face, size, BLUE) if poster else label
    lines = _pair_rows(block)
    rows = []
    for number, line in enumerate(lines):
        row = (
            [GridCell("\n".join(block.head.replace("　", "")), label, "center", merge=_merge(number))]
            if block.head
            else []
        )
        for pair in line:
            row.append(GridCell(pair.label, label, "center"))
            row.append(GridCell(pair.value, value, span=2 * block.columns - 1 if len(line) == 1 else 1))
        rows.append(row)
    style = GridStyle(color=BLUE, pad_y=9, edges=_FLAT) if poster else GridStyle(pad_y=3)
    return [_gap(4), grid(_pair_widths(block, page, poster), [], rows, style), _gap(6)]


def pictures(block: t.Pictures, page: Page) -> list[Any]:
    """Pictures in a table without rules: as many a row as its columns; a row stays on one page."""
    each = page.width / block.columns
    room = each * 25.4 / 72 - 3
    look = page.look(size=block.size)
    cells = [
        GridCell(shown(replace(item, width=min(item.width, room)), page, block.size), look, "center", vertical="top")
        for item in block.items
    ]
    cells += [GridCell("", look)] * (-len(cells) % block.columns)
    rows = [cells[start : start + block.columns] for start in range(0, len(cells), block.columns)]
    style = GridStyle(rule=None, pad_x=2, pad_y=4)
    # A table for each row: a table of a few rows is kept on one page, and so many pictures are higher than one.
    tables = [[_gap(1), grid([each] * block.columns, [], [row], style)] for row in rows]
    return [part for table in tables for part in table] + [_gap(6)]


def _merge(number: int) -> str:
    return "continue" if number else "restart"


def _pair_widths(block: t.KeyValues, page: Page, poster: bool) -> list[float]:
    label = (46 if poster else block.label_width) * 72 / 25.4
    head = [26.0] if block.head else []
    rest = (page.width - sum(head) - label * block.columns) / block.columns
    return head + [label, rest] * block.columns


def _pair_rows(block: t.KeyValues) -> list[list[t.KeyValue]]:
    """Pairs by rows: wide ones alone, a last odd one alone."""
    rows: list[list[t.KeyValue]] = []
    for pair in block.pairs:
        if pair.wide or not rows or rows[-1][0].wide or len(rows[-1]) == block.columns:
            rows.append([pair])
        else:
            rows[-1].append(pair)
    return rows


def signatures(block: t.Signatures, page: Page) -> list[Any]:
    """Signing places side by side without rules; the verification code down the left."""
    look, small = page.look(size=11), page.look(size=9)
    count = max(len(signer.lines) for signer in block.signers)
    rows = [[_signed(signer, page, look, small) for signer in block.signers]]
    for n in range(1, count):
        rows.append(
            [GridCell("".join(s.lines[n]) if n < len(s.lines) else "", look, vertical="top") for s in block.signers]
        )
    rows.append([GridCell(signer.date, look, "right") for signer in block.signers])
    code_width = (block.qr.size + 6) * 72 / 25.4 if block.qr else 0.0
    if block.qr:
        codes = [GridCell(_code(block.qr, page, small), small, "center", merge="restart")]
        codes += [GridCell("", small, merge="continue")] * (len(rows) - 1)
        rows = [[first, *row] for first, row in zip(codes, rows, strict=True)]
    each = (page.width - code_width) / len(block.signers)
    widths = ([code_width] if block.qr else []) + [each] * len(block.signers)
    return [_gap(page.document.size), grid(widths, [], rows, GridStyle(rule=None, pad_x=5, pad_y=1)), _gap(1)]


def _signed(signer: t.Signer, page: Page, look: Type, small: Type) -> GridCell:
    runs = [run(signer.lines[0][0], look)]
    if signer.image:
        drawn = element("r")
        drawn.append(page.picture(signer.image, 26, 12))
        runs.append(drawn)
    elif signer.note:
        runs.append(run(signer.note, small))
    room = 0 if signer.image else 20  # space to sign by hand
    return GridCell([paragraph(runs, Layout(line=None, before=room))], look)


def _code(block: t.QR, page: Page, small: Type) -> list[Any]:
    picture = element("r")
    picture.append(page.picture(qr_png(block.payload), block.size, None))
    code = [paragraph([picture], Layout("center", line=None))]
    return code + ([paragraph([run(block.caption, small)], Layout("center", line=None))] if block.caption else [])


_IMPRINT_LINE, _IMPRINT_PAD = 22.0, 4.0  # points


def imprint(block: t.Imprint, page: Page) -> list[Any]:
    """版记: a table whose last rule is the foot of the page's type area.

    Its height is counted here, since a text box does not grow with its content in every program.
    """
    look, width = Type(size=14), page.width
    rows, heights = [], []
    if block.copies_to:
        text = f"抄送：{block.copies_to.rstrip('。')}。"
        per_line = int((width - 4 * 14) / 14) - 1
        heights.append(ceil((w.text_width(text) - 3) / per_line) * _IMPRINT_LINE + 2 * _IMPRINT_PAD)
        hanging = Layout("left", _IMPRINT_LINE, left=14 + 42, right=14, hanging=42)
        rows.append([GridCell([paragraph([run(text, look)], hanging)], look)])
    runs = [run(f"　{block.issuer}", look), tab(look), run(f"{block.date}印发　", look)]
    heights.append(_IMPRINT_LINE + 2 * _IMPRINT_PAD)
    rows.append([GridCell([paragraph(runs, Layout(line=_IMPRINT_LINE, right_tab=width))], look)])
    style = GridStyle(rule=8, inner_rule=6, pad_x=0, pad_y=0, heights=tuple(heights), edges=_FLAT)
    table = grid([width], [], rows, style)
    # A text box must end with a paragraph; a point of height for it and for the rules.
    return [bottom_box([table, _gap(1)], width, sum(heights) + 2, number=9000 + page.serial)]
