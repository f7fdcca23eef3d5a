"""A row of a roster as an enterprise would have it: columns, place, industry, risk; every doubt as a warning."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from anwang.adapters import reference
from anwang.domain.base import Grade, Reason, Refusal, gettext_noop
from anwang.domain.grid.coordinates import System, to_wgs84
from anwang.domain.grid.places import Clues, Place, PlaceFinder
from anwang.domain.risk import HazardKind
from anwang.domain.roster.enterprises import check_enterprise
from anwang.domain.roster.rows import CellFault, Row
from anwang.features.grid import queries as grid

from .industries import Classified, classify, gbt_of

#: Field of the sheet → column of the enterprise, where the value is taken as it stands.
COLUMNS = {
    "name": "name",
    "address": "address",
    "headcount": "headcount",
    "principal": "principal",
    "principal_phone": "principal_phone",
    "safety_officer": "safety_officer",
    "safety_phone": "safety_phone",
    "remarks": "remarks",
    "opened": "opened_on",
    "closed": "closed_on",
}
#: Code of a fault of the credit code → the bucket of the report.
BUCKETS = {
    "code_characters": "characters",
    "code_check": "check",
    "code_organisation_check": "check",
}


#: A provisional code of ours: the change that made the enterprise and its number in it.
PROVISIONAL = re.compile(r"LS\d{12,18}")


@dataclass(slots=True)
class Incoming:
    """What a row states. `values` are columns; `risk` facts of the roster's point; None and absence mean: not said."""

    row: Row
    code: str
    provisional: str
    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    industry: Classified | None = None
    risk: dict[str, Any] = field(default_factory=dict)
    grade: Grade | None = None
    status: str = ""

    @property
    def bucket(self) -> str:
        """ok, length, characters or check: what is the matter with the credit code."""
        if self.code:
            return "ok"
        faults = [fault.reason.code for fault in self.row.faults if fault.field == "credit_code"]
        return next((BUCKETS[code] for code in faults if code in BUCKETS), "length")


def finder() -> PlaceFinder:
    """Looks places up in the grid in force, with every succession known. Refuses `grid_missing` without a grid."""
    tree = grid.tree_in_force()
    if not len(tree):
        raise Refusal("grid_missing", gettext_noop("还没有网格，请先导入区划表（anwang grid load）。"))
    return PlaceFinder(tree, [*reference.successions(), *grid.followed()])


def warn(row: Row, name: str, code: str, text: str, column: int | None = None, /, **params: Any) -> None:
    """A remark on a cell that does not keep the row out."""
    row.faults.append(CellFault(name, column, Reason(code, text, params), fatal=False))


def fail(row: Row, name: str, code: str, text: str, column: int | None = None, /, **params: Any) -> None:
    """A fault that keeps the row out."""
    row.faults.append(CellFault(name, column, Reason(code, text, params)))


_NO_CODE = gettext_noop("没有统一社会信用代码，按企业名称和乡镇登记，请尽快补全。")
_FUTURE = gettext_noop("日期晚于基准日 %(day)s。")
_STATED = gettext_noop("行业填“%(words)s”，但行业代码对应另一行业：%(why)s。按所填行业登记。")
_UNTOLD = gettext_noop("没有注明坐标系，经纬度按原样保存；高德、百度的坐标会偏差几百米，请填“坐标系”一列。")
_OUTSIDE = gettext_noop("不在十三个行业内，暂不列入包保：%(why)s")
_DOUBT = gettext_noop("行业需要核定：%(why)s")


def located(longitude: float, latitude: float, given: System | None) -> dict[str, Any]:
    """Columns of a place: WGS-84 when its system is told, else the numbers as they came."""
    if given is not None:
        longitude, latitude = to_wgs84(longitude, latitude, given)
    return {"longitude": longitude, "latitude": latitude, "coordinates": given.value if given else ""}


def _system(row: Row) -> System | None:
    return System(row["coordinates"]) if row["coordinates"] is not None else None


class SheetReader:
    """Reads the rows of one import."""

    def __init__(self, on: date) -> None:
        self.on, self.finder = on, finder()

    def read(self, row: Row) -> Incoming:
        """One row; faults are added to it."""
        _soften(row)
        check_enterprise(row)
        code = row.text("credit_code")
        found = Incoming(row, code if len(code) == 18 and _sound(row) else "", "" if len(code) == 18 else code,
                         self._place(row))  # fmt: skip
        for name, column in COLUMNS.items():
            if row[name] is not None:
                found.values[column] = row[name]
        if row["longitude"] is not None and row["latitude"] is not None:
            found.values |= located(row["longitude"], row["latitude"], _system(row))
            if row["coordinates"] is None:
                warn(row, "coordinates", "coordinates_untold", _UNTOLD)
        if row["managing"] is not None:
            found.values["managing"] = row["managing"].value
        self._industry(row, found)
        self._risk(row, found)
        self._status(row, found)
        return found

    def _place(self, row: Row) -> Place:
        clues = Clues(*(row.text(name) for name in ("unit_code", "county", "township", "village", "address")))
        place = self.finder.find(clues)
        for reason in place.reasons:
            name = "unit_code" if reason.code.startswith("place_code") else reason.code.split("_")[0]
            row.faults.append(CellFault(name, None, reason, fatal=False))
        return place

    def _industry(self, row: Row, found: Incoming) -> None:
        gbt, words = row.text("gbt_code"), row.text("industry")
        if gbt:
            code, name = gbt_of(gbt)
            found.values |= {"gbt_code": code, "gbt_name": name}
        found.industry = classify(gbt, words, self.on, row.text("name"))
        if found.industry is None:
            return
        if gbt and words:
            by_code = classify(gbt, "", self.on)
            if by_code and by_code.industry and by_code.industry != found.industry.industry:
                warn(row, "industry", "industry_differs", _STATED, words=words, why=str(by_code.reason))
        if found.industry.by in ("", "guess"):
            warn(row, "industry", "industry_doubt", _DOUBT, why=str(found.industry.reason))
        elif not found.industry.industry:
            warn(row, "industry", "industry_outside", _OUTSIDE, why=str(found.industry.reason))

    def _risk(self, row: Row, found: Incoming) -> None:
        stated = {
            "fatal_or_major_ever": None if row["severe_accidents"] is None else row["severe_accidents"] > 0,
            "minor_accidents": row["minor_accidents"],
            "condition_persists": row["condition_persists"],
            "major_hazard_source": row["major_hazard"],
            "hazard_kinds": None
            if row["hazard_kinds"] is None
            else frozenset(HazardKind(kind) for kind in row["hazard_kinds"]),
            "persons": row["persons"],
            "evaluated_level": row["evaluated"],
        }
        found.risk = {name: value for name, value in stated.items() if value is not None}
        found.grade = row["grade"]

    def _status(self, row: Row, found: Incoming) -> None:
        status = row["status"].value if row["status"] is not None else ""
        found.status = status or ("closed" if row["closed"] else "")
        for name in ("opened", "closed"):
            if row[name] is not None and row[name] > self.on:
                fail(row, name, "date_future", _FUTURE, day=self.on.isoformat())


def _sound(row: Row) -> bool:
    """True when nothing fatal is known of the credit code."""
    return not any(
        fault.fatal for fault in row.faults if fault.field == "credit_code" and "duplicate" not in fault.reason.code
    )


def _soften(row: Row) -> None:
    """What need not keep an enterprise out: no code (it is kept by name and township), an opening day half known."""
    for number, fault in enumerate(row.faults):
        if (fault.field, fault.reason.code) == ("credit_code", "value_missing"):
            row.faults[number] = replace(fault, reason=Reason("code_absent", _NO_CODE), fatal=False)
        elif fault.field == "credit_code" and PROVISIONAL.fullmatch(row.text("credit_code")):
            row.faults[number] = replace(fault, reason=Reason("code_provisional", _NO_CODE), fatal=False)
        elif (fault.field, fault.reason.code) == ("opened", "date_incomplete"):
            row.faults[number] = replace(fault, fatal=False)
