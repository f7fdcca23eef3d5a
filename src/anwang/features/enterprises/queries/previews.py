"""What a person sees of a planned import: figures, the columns found, some rows of each outcome, every guess."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Any

from anwang.adapters.crypto.fields import masked
from anwang.domain.base import Grade
from anwang.domain.roster.enterprises import ENTERPRISES
from anwang.domain.roster.headers import column_letters
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Managing, PlaceMethod, Status
from .edits import Edit, reason_json
from .planning import CREATED, ERROR, UNCHANGED, UPDATED, Plan, Planned

SHOWN, GUESSED = 20, 300
#: Column of the enterprise → field of the sheet whose title names it.
TITLES = {"opened_on": "opened", "closed_on": "closed", "gbt_name": "gbt_code", "provisional_code": "credit_code"}
QUIET = {"industry_by", "credit_code_at"}
PHONES = {"principal_phone", "safety_phone"}


def title_of(column: str) -> str:
    """The words for a column of an enterprise."""
    name = TITLES.get(column, column)
    return ENTERPRISES[name].label if name in ENTERPRISES.by_name else column


def words_of(column: str, value: Any) -> str:
    """A value of a column as a person reads it; phones masked."""
    if value is None or value == "":
        return ""
    if column in PHONES:
        return masked(str(value))
    if column == "industry":
        found = policies.current().industry(str(value))
        return found.name if found else str(value)
    if column == "managing":
        return Managing(value).label
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else str(value)


def describe(edit: Edit, called: dict[int, str]) -> list[dict[str, str]]:
    """[{label, old, new}] of what an edit changes of a known enterprise. Call it before the edit is written."""
    row, lines = edit.enterprise, []
    for name, value in edit.values.items():
        if name not in QUIET:
            old = words_of(name, getattr(row, name))
            lines.append({"label": title_of(name), "old": old, "new": words_of(name, value)})
    if edit.status:
        lines.append(_line("经营状态", Status(row.status).label, Status(edit.status.status).label))
    if edit.place:
        lines.append(_line("所在网格", called.get(row.place, ""), called.get(edit.place.place, "")))
    if edit.grade and edit.grade.grade != row.grade:
        lines.append(_line("风险等级", Grade(row.grade).label, edit.grade.grade.label))
    elif edit.points:
        lines.append(_line("风险点", "", "、".join(point.name or point.facts.label for point in edit.points)))
    return lines


def _line(label: str, old: str, new: str) -> dict[str, str]:
    return {"label": label, "old": old, "new": new}


def summary_of(plan: Plan) -> dict[str, Any]:
    """The figures, and how the sheet was read: its name, its columns, what was not understood, what was left out."""
    header = plan.rows.header
    columns = [
        {"column": col, "letter": column_letters(col), "title": title, "field": header.columns.get(col, "")}
        for col, title in sorted(header.titles.items())
        if title
    ]
    hidden = plan.rows.table.hidden_columns
    return {
        **plan.report(),
        "sheet": plan.rows.table.name,
        "header_line": header.last + 1,
        "columns": columns,
        "hidden": [column_letters(col) for col in sorted(hidden) if col in header.columns],
        "repeated": [title for _, title in header.repeated],
        "ignored": [{"line": line, "why": why} for line, why in plan.rows.ignored[:50]],
        "guessed": sum(each.incoming.place.guessed for each in plan.planned if each.kind != ERROR),
    }


def samples_of(plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """Some rows of each outcome, and the rows whose place was guessed, each with its evidence."""
    guessed = [each for each in plan.planned if each.kind != ERROR and each.incoming.place.guessed]
    unknown = [each for each in plan.planned if each.kind != ERROR and each.incoming.place.code is None]
    groups: dict[str, Iterable[Planned]] = {
        CREATED: plan.of(CREATED),
        UPDATED: plan.of(UPDATED),
        ERROR: plan.of(ERROR),
        "unchanged": plan.of(UNCHANGED),
        "warned": [each for each in plan.planned if each.kind != ERROR and each.incoming.row.faults],
    }
    chosen = {name: list(islice(rows, SHOWN)) for name, rows in groups.items()}
    chosen |= {"guessed": guessed[:GUESSED], "none": unknown[:GUESSED]}
    called = _paths(each for rows in chosen.values() for each in rows)
    return {name: [_sample(each, called) for each in rows] for name, rows in chosen.items()}


def _paths(rows: Iterable[Planned]) -> dict[int, str]:
    codes: set[int] = set()
    for each in rows:
        codes |= {each.incoming.place.code or 0, *each.incoming.place.alternatives}
        if each.edit is not None:
            codes |= {each.edit.enterprise.place or 0, each.edit.place.place if each.edit.place else 0}
    return paths(codes)


def paths(codes: Iterable[int]) -> dict[int, str]:
    """Unit code → its names from the county down, joined; three codes a unit at most, one query."""
    wanted = {code for code in codes if code}
    above = {code: [code - code % step for step in (10**6, 10**3)] + [code] for code in wanted}
    names = grid.names({part for parts in above.values() for part in parts})
    return {code: "".join(names.get(part, "") for part in dict.fromkeys(parts)) for code, parts in above.items()}


def _sample(each: Planned, called: dict[int, str]) -> dict[str, Any]:
    row, place = each.incoming.row, each.incoming.place
    changes = describe(each.edit, called) if each.edit is not None and not each.edit.is_new else []
    return {
        "line": row.line,
        "kind": each.kind,
        "name": row.text("name"),
        "code": each.incoming.code or row.text("credit_code"),
        "address": row.text("address"),
        "stated": " ".join(filter(None, (row.text(n) for n in ("unit_code", "county", "township", "village")))),
        "place": called.get(place.code or 0, ""),
        "method": PlaceMethod(place.method.value).label if place.method.value else "",
        "alternatives": [called.get(code, str(code)) for code in place.alternatives],
        "changes": changes,
        "faults": [{**reason_json(fault.reason), "fatal": fault.fatal, "field": fault.field} for fault in row.faults],
    }
