"""Sheets as people hand them in, made on the spot."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from anwang.domain.roster.codes import make_credit_code

TITLES = ("企业名称", "统一社会信用代码", "县区", "乡镇（街道）", "村居", "生产经营地址", "行业")
LONG_AGO = date(2021, 3, 5)
BASE = {"县区": "兰山区", "乡镇（街道）": "白沙埠镇", "村居": "白沙埠村", "行业": "机械"}


def code(number: int) -> str:
    """A valid credit code."""
    return make_credit_code(f"{number:08d}", "371302")


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    """Cells as given; numbers stay numbers, text stays text."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("名册")
        for line, row in enumerate(rows):
            for col, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, col, value)
                elif value is not None:
                    sheet.write(line, col, value)
    return target.getvalue()


def roster(*rows: Mapping[str, Any]) -> bytes:
    """A plain sheet of enterprises: a mapping a row, by title; what is not given is taken from the base."""
    titles = list(dict.fromkeys([*TITLES, *(title for row in rows for title in row)]))
    filled = [
        {**BASE, "企业名称": f"测试企业{n}号", "统一社会信用代码": code(n), **row} for n, row in enumerate(rows, 1)
    ]
    return workbook([titles, *([row.get(title) for title in titles] for row in filled)])


@pytest.fixture
def bring_in(cast: Any, now: Any, today: Any) -> Callable[..., Any]:
    """Import a workbook as somebody, the county's office unless told; returns what was imported."""
    from anwang.features.enterprises import actions

    def run(data: bytes, who: str = "county_leader", **extra: Any) -> Any:
        actor = getattr(cast, who).actor
        base = {"by": actor, "now": now, "data": data, "filename": "名册.xlsx", "unit": actor.unit, "on": today}
        return actions.import_roster(**{**base, **extra})

    return run


@pytest.fixture
def made(bring_in: Any) -> Callable[..., Any]:
    """Enterprises that an import of these rows made, by name."""
    from anwang.features.enterprises.models import Enterprise

    def run(*rows: Mapping[str, Any], **extra: Any) -> list[Enterprise]:
        change = bring_in(roster(*rows), **extra).change
        return list(Enterprise.objects.filter(last_change=change).order_by("id"))

    return run


@pytest.fixture
def office(cast, django_capture_on_commit_callbacks):
    """The county's office; what waits for the commit (long work, files) happens after each request."""
    browser = cast.sign_in("county_leader")
    plain = browser.request

    def request(**extra):
        with django_capture_on_commit_callbacks(execute=True):
            return plain(**extra)

    browser.request = request
    return browser


@pytest.fixture
def rows(made):
    return made(
        {"从业人数": 12},
        {"企业名称": "沂蒙木业公司", "村居": "没有的村", "行业": None},
        {"统一社会信用代码": None},
        on=LONG_AGO,
    )
