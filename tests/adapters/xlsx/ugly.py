"""Builders of the spreadsheets that people really send."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import openpyxl
import xlsxwriter

from anwang.domain.roster.codes import make_credit_code

TITLES = [
    "序号",
    "县区",
    "乡镇",
    "企业名称",
    "统一社会信用代码",
    "企业主要负责人",
    "联系电话",
    "从业人数",
    "开业日期",
    "备注",
]


def code(number: int) -> str:
    """A valid credit code of Lanshan."""
    return make_credit_code(f"MA3C{number:04d}", "371302")


def line(number: int, **more: Any) -> list[Any]:
    values = {
        "序号": number, "县区": "兰山区", "乡镇": "兰山街道", "企业名称": f"临沂第{number}机械厂",
        "统一社会信用代码": code(number), "企业主要负责人": "张三", "联系电话": "13812345678",
        "从业人数": 12, "开业日期": "2015.3.5", "备注": "",
    }  # fmt: skip
    return [{**values, **more}[title] for title in TITLES]


def xlsx(*rows: list[Any], name: str = "Sheet1") -> bytes:
    """A plain workbook of one sheet."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for col, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, col, value)
                elif value is not None:
                    sheet.write(number, col, value)
    return target.getvalue()


def ugliest() -> bytes:
    """Everything of the design's list at once in one workbook."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("填报说明").write_string(0, 0, "请按要求填写企业名称")
        sheet = book.add_worksheet("Sheet3 (2)")
        sheet.merge_range(0, 0, 0, 10, "兰山区企业安全生产包保督导信息统计表")
        sheet.merge_range(1, 0, 1, 10, "填报单位：兰山区\u3000\u3000填报时间：2020年3月")
        for col, title in {
            0: "序号",
            1: "县区",
            2: "乡镇\n（街道）",
            3: "企业\r\n名称*",
            4: "统一社会\n信用代码",
            9: "备\u3000注",
        }.items():
            sheet.merge_range(2, col, 3, col, title)
        sheet.merge_range(2, 5, 2, 6, "企业主要负责人")
        sheet.merge_range(2, 7, 2, 8, "基本情况")
        for col, title in {5: "姓名", 6: "联系\u00a0电话", 7: "从业人数", 8: "开业日期"}.items():
            sheet.write_string(3, col, title)
        sheet.set_column(5, 6, None, None, {"hidden": True})
        sheet.merge_range(4, 1, 6, 1, "罗庄区")
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row(
            4, 2, ["高都街道", "临沂\u00a0Ａ\u3000厂", code(1).lower(), "张三", "１３８１２３４５６７８", "８６人"]
        )
        sheet.write_datetime(4, 8, NOON, day)
        sheet.write_row(
            5, 2, ["高都办事处", "临沂乙厂", code(2)[:6] + " " + code(2)[6:], "空", "空", "空", "2015年3月5日", "空"]
        )
        sheet.write_row(
            6, 2, ["高都", "临沂丙厂", "371300228012344", "李四", "0539-8123456/13912345678", 7, "20150305"]
        )
        sheet.write_row(7, 1, ["临沂经济技术开发区", "芝麻墩街道", "临沂丁厂", code(4), "王五", "", "", 42068])
        sheet.write_row(8, 1, ["临港区", "坪上镇", "临沂戊厂", 9.1371302e17, "赵六", "", "", "15.3.5"])
        sheet.write_row(10, 0, ["合 计", "", "", "5家"])
        sheet.merge_range(11, 0, 11, 10, "备注：本表一式两份")
        sheet.write_string(12, 0, "填表人：张三")
    return target.getvalue()


def _noon() -> Any:
    from datetime import datetime

    return datetime(2015, 3, 5, 12)  # noqa: DTZ001 — a spreadsheet knows no zone


NOON = _noon()


def repack(data: bytes, **members: bytes) -> bytes:
    """The same archive with some members replaced or added (`__` stands for /)."""
    target = io.BytesIO()
    new = {name.replace("__", "/"): content for name, content in members.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.infolist():
            if member.filename not in new:
                archive.writestr(member, source.read(member))
        for name, content in new.items():
            archive.writestr(name, content)
    return target.getvalue()


def sheet_xml(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def lie_about_size(data: bytes, name: str, size: int) -> bytes:
    """Write another unpacked size for a member into the central directory."""
    spot = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))
    return data[: spot + 24] + struct.pack("<I", size) + data[spot + 28 :]


def ole(*streams: str) -> bytes:
    """The head of an old container naming the streams; enough to be told apart."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 504
        + b"".join(s.encode("utf-16-le") + b"\x00\x00" for s in streams)
    )


def cells_of(data: bytes, sheet: str | None = None) -> list[list[Any]]:
    """What openpyxl, a reader of another make, sees."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book[sheet] if sheet else book.worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows()]
