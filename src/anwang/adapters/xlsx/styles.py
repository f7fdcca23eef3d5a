"""The look of written workbooks: calm, black on white, one grey-blue header."""

from __future__ import annotations

from typing import Any

import xlsxwriter

from anwang.domain.roster.spec import Kind

RED = "FFC7CE"
YELLOW = "FFEB9C"
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_CELL = {**_FONT, "border": 1, "border_color": "#BFBFBF", "text_wrap": True}
_HEADER = {**_CELL, "font_name": "黑体", "align": "center", "bg_color": "#DCE6F1", "num_format": "@"}


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        add = book.add_format
        self.title = add({**_FONT, "font_size": 18, "bold": True, "align": "center"})
        self.title_left = add({**_FONT, "font_size": 18, "bold": True, "indent": 1})
        self.stamp = add({**_FONT, "align": "right"})
        self.header = add(_HEADER)
        self.required = add({**_HEADER, "font_color": "#C00000"})
        self.note = add(_FONT)
        self.guide = add({**_FONT, "text_wrap": True, "align": "left"})
        self.example = add({**_CELL, "font_color": "#7F7F7F", "bg_color": "#F2F2F2", "num_format": "@"})
        self.whole_column = add({**_FONT, "num_format": "@"})
        self.red = add({**_CELL, "bg_color": "#" + RED, "num_format": "@"})
        self.yellow = add({**_CELL, "bg_color": "#" + YELLOW, "num_format": "@"})
        text = add(_CELL)
        self.code = add({**_CELL, "num_format": "@"})
        number = add({**_CELL, "align": "right"})
        count = add({**_CELL, "align": "right", "num_format": "#,##0_ "})
        day = add({**_CELL, "align": "center", "num_format": "yyyy-mm-dd"})
        short = add({**_CELL, "align": "center"})
        self._by_kind: dict[Kind, Any] = {
            **dict.fromkeys(Kind, text),
            **dict.fromkeys((Kind.CREDIT_CODE, Kind.UNIT_CODE, Kind.CLASS_CODE, Kind.PHONE), self.code),
            Kind.COUNT: count,
            Kind.NUMBER: number,
            Kind.DATE: day,
            **dict.fromkeys((Kind.YES_NO, Kind.CHOICE), short),
        }

    def of(self, kind: Kind) -> Any:
        """The format of a data cell of that kind."""
        return self._by_kind[kind]
