"""Word tables: repeated header rows, fixed widths, merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from docx.oxml.ns import qn

from anwang.adapters.docx.oxml import Layout, Type, element, paragraph, run, twips


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: paragraphs or text, spans; `merge` is "restart" or "continue" for cells merged downwards."""

    content: str | list[Any]
    look: Type
    align: str = "left"
    span: int = 1
    merge: str | None = None
    vertical: str = "center"


@dataclass(frozen=True, slots=True)
class GridStyle:
    """Rules and margins of a table. Points; rules in eighths of a point, None for none.

    `heights` are those of the rows.
    """

    rule: int | None = 4
    color: str = "000000"
    pad_x: float = 2.5
    pad_y: float = 2
    inner_rule: int | None = None
    heights: tuple[float, ...] = ()
    edges: tuple[str, ...] = ("top", "left", "bottom", "right", "insideH", "insideV")


Row = Sequence[GridCell]
_WHOLE = 12


def grid(widths: Sequence[float], header: Iterable[Row], rows: Sequence[Row], style: GridStyle) -> Any:
    """`w:tbl` with column widths in points; header rows repeat on every page, rows never break across pages.

    A table of at most a dozen rows stays on one page.
    """
    table = element("tbl")
    table.append(_table_properties(sum(widths), style))
    columns = element("tblGrid")
    columns.extend(element("gridCol", w=twips(width)) for width in widths)
    table.append(columns)
    table.extend(_row(row, widths, None, header=True) for row in header)
    heights = chain(style.heights, repeat(None))
    table.extend(_row(row, widths, height, header=False) for row, height in zip(rows, heights, strict=False))
    if len(rows) <= _WHOLE:
        _keep_together(table)
    return table


def _keep_together(table: Any) -> None:
    """Every paragraph but those of the last row is kept with the next."""
    for row in table.findall(qn("w:tr"))[:-1]:
        for properties in row.iter(qn("w:pPr")):
            if properties.find(qn("w:keepNext")) is None:
                properties.insert(int(properties.find(qn("w:pStyle")) is not None), element("keepNext"))


def _table_properties(width: float, style: GridStyle) -> Any:
    properties = element("tblPr")
    properties.append(element("tblW", w=twips(width), type="dxa"))
    properties.append(element("jc", val="center"))
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        ruled = style.rule is not None and side in style.edges
        weight = style.inner_rule if side.startswith("inside") and style.inner_rule else style.rule
        rule = {"val": "single", "sz": weight, "space": 0, "color": style.color} if ruled else {"val": "nil"}
        borders.append(element(side, **rule))
    properties.extend([borders, element("tblLayout", type="fixed"), _margins(style)])
    return properties


def _margins(style: GridStyle) -> Any:
    margins = element("tblCellMar")
    for side, points in (("top", style.pad_y), ("left", style.pad_x), ("bottom", style.pad_y), ("right", style.pad_x)):
        margins.append(element(side, w=twips(points), type="dxa"))
    return margins


def _row(row: Row, widths: Sequence[float], height: float | None, *, header: bool) -> Any:
    made = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    if height is not None:
        properties.append(element("trHeight", val=twips(height), hRule="atLeast"))
    if header:
        properties.append(element("tblHeader"))
    made.append(properties)
    at = 0
    for cell in row:
        made.append(_cell(cell, sum(widths[at : at + cell.span])))
        at += cell.span
    return made


def _cell(cell: GridCell, width: float) -> Any:
    made = element("tc")
    properties = element("tcPr")
    properties.append(element("tcW", w=twips(width), type="dxa"))
    if cell.span > 1:
        properties.append(element("gridSpan", val=cell.span))
    if cell.merge:
        properties.append(element("vMerge", val=cell.merge))
    properties.append(element("vAlign", val=cell.vertical))
    made.append(properties)
    if isinstance(cell.content, str):
        made.append(paragraph([run(cell.content, cell.look)], Layout(align=cell.align, line=None)))
    else:
        made.extend(cell.content)
    return made
