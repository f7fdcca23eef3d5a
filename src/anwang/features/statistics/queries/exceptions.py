"""What a leader can act on today: at most three things, each with its number and the rows behind it (四.2, N1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse

from anwang.domain.base import Actor, Reason, gettext_noop
from anwang.domain.calendar import Period, PeriodKind
from anwang.domain.grid.codes import digits_of
from anwang.features.accounts import queries as accounts
from anwang.features.assignments import queries as assignments
from anwang.features.duties.queries import ranges as duties
from anwang.features.duties.queries.orphans import unheld_in
from anwang.features.policies import queries as policies
from anwang.features.problems import queries as problems

from .table import Line, TableView

AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Notable:
    """One exception: whose it is, how many, why in a sentence, and where its rows are.

    `code` is uncovered, unheld, problems, overdue, silent or unsigned; `unit` a 12-digit code; `name` a unit or a
    person; `tag` one word.
    """

    code: str
    unit: int
    name: str
    number: int
    reason: Reason
    tag: str
    button: str
    url: str


def exceptions(actor: Actor, table: TableView, *, today: date) -> list[Notable]:
    """At most three of the actor's unit, the same for the same data.

    `table` is the unit's of this quarter. First enterprises without a lead, duties of people who are gone and problems
    that are late, then the child with the most overdue, a child without any record in this half-month, unsigned letters
    past the day of the notice; then more of the overdue.
    """
    overdue = _overdue(table)
    counts = accounts.counted(
        actor.person_id or 0,
        bare=assignments.bare_enterprises(actor, on=today, unit=table.unit),
        unheld=unheld_in(table.unit, on=today),
        problems=problems.overdue_rows(table.unit, today),
        unsigned=assignments.open_letters(actor, assignments.Asked(unit=table.unit)),
    )
    kinds: list[Iterator[Notable]] = [
        _uncovered(counts["bare"], table),
        _unheld(counts["unheld"], table),
        _late_problems(counts["problems"], table),
        islice(overdue, 1),
        _silent(table, today),
        _unsigned(counts["unsigned"], table, today),
        overdue,
    ]
    found: list[Notable] = []
    for each in chain.from_iterable(kinds):
        if len(found) == AT_MOST:
            break
        if each.name not in {one.name for one in found if one.code in {"overdue", "silent"}}:
            found.append(each)
    return found


def _address(page: str, **query: Any) -> str:
    return f"{reverse(page)}?{urlencode(query)}"


def _unheld(number: int, table: TableView) -> Iterator[Notable]:
    """Open duties of people who hold no post any more: nobody does them (B2)."""
    if number:
        text = gettext_noop("%(n)d 项待办职责的责任人已经离任，没有移交。")
        yield Notable(
            "unheld", table.unit, table.name, number, Reason("unheld", text, {"n": number}, "三.1"),
            gettext_noop("无人负责"), gettext_noop("去交接"), reverse("handover_list"),
        )  # fmt: skip


def _uncovered(number: int, table: TableView) -> Iterator[Notable]:
    """全企覆盖: nobody answers for them, no duty opens."""
    if number:
        text = gettext_noop("%(n)d 家企业没有主包保人，不产生职责；要求全企覆盖。")
        yield Notable(
            "uncovered", table.unit, table.name, number, Reason("uncovered", text, {"n": number}, "一"),
            gettext_noop("覆盖缺口"), gettext_noop("去分配"), _address("coverage_names", unit=table.unit),
        )  # fmt: skip


def _late_problems(number: int, table: TableView) -> Iterator[Notable]:
    """Dangers that were found and whose next actor is late."""
    if number:
        text = gettext_noop("%(n)d 个问题超过办理期限还没有解决。")
        yield Notable(
            "problems", table.unit, table.name, number, Reason("problems", text, {"n": number}, "三.4"),
            gettext_noop("问题超期"), gettext_noop("查看问题"),
            _address("problem_list", scope="overdue", unit=table.unit),
        )  # fmt: skip


def _overdue(table: TableView) -> Iterator[Notable]:
    """Children by how much is past its last day and not done."""
    text = gettext_noop("到期 %(due)d 项，完成 %(done)d 项，逾期未完成 %(n)d 项。")
    for line in sorted((line for line in table.lines if line.overdue), key=lambda line: (-line.overdue, line.key)):
        reason = Reason("overdue", text, {"due": line.due, "done": line.due_done, "n": line.overdue}, "三.3")
        query = {**_rows_of(table, line), "period": table.span.period.key, "state": "overdue"}
        yield Notable(
            "overdue", table.unit if table.people else line.key, line.name, line.overdue, reason, gettext_noop("逾期"),
            gettext_noop("查看逾期"), _address("leader_rows", **query),
        )  # fmt: skip


def _rows_of(table: TableView, line: Line) -> dict[str, Any]:
    """How the rows of a line are asked for."""
    if table.people:
        return {"unit": table.unit, "person": line.key, "level": line.level}
    return {"unit": line.key, **({"exact": 1} if line.key == table.unit else {})}


def _silent(table: TableView, today: date) -> Iterator[Notable]:
    """Units below that owe contacts in this half-month and have done none, the one that owes most first."""
    half = Period.containing(PeriodKind.HALF_MONTH, today)
    if table.people or (today - half.first).days < policies.current().boards(today).silent_days:
        return
    group, scale = ("county", 10**6) if digits_of(table.unit) == 4 else ("township", 10**3)
    keys = [line.key // scale for line in table.lines]
    rows = duties.tallies().filter(period=half.key, **{f"{group}__in": keys}).values(group)
    sums = rows.annotate(owed=Sum("expected"), made=Sum("done")).filter(made=0, owed__gt=0).order_by("-owed", group)
    names = {line.key: line.name for line in table.lines}
    for row in sums:
        code = row[group] * scale
        text = gettext_noop("本半月已过 %(days)d 天，应联系 %(n)d 家次，一项也没有完成。")
        params = {"days": (today - half.first).days, "n": row["owed"]}
        yield Notable(
            "silent", code, names[code], row["owed"], Reason("silent", text, params, "三.3"), gettext_noop("未动"),
            gettext_noop("查看待办"), _address("leader_rows", unit=code, period=half.key),
        )  # fmt: skip


def _unsigned(number: int, table: TableView, today: date) -> Iterator[Notable]:
    """Commitment letters that should have been signed by the day of the notice (三.2)."""
    days = [each.due_in(today.year) for each in policies.current().milestones(today) if "N6" in each.capabilities]
    passed = [day for day in days if day is not None and day < today]
    if passed and number:
        text = gettext_noop("%(n)d 份承诺书还没有签订，时限是 %(day)s。")
        reason = Reason("unsigned", text, {"n": number, "day": f"{max(passed)}"}, "三.2")
        yield Notable(
            "unsigned", table.unit, table.name, number, reason, gettext_noop("未签订"), gettext_noop("查看承诺书"),
            _address("commitment_list", unit=table.unit, state="open"),
        )  # fmt: skip
