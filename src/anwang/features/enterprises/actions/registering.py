"""One enterprise by hand: registered, corrected, opened, suspended, closed, moved; phones shown for a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.grid.codes import level_of
from anwang.domain.risk import RiskFacts
from anwang.domain.roster.codes import is_valid_credit_code
from anwang.features.audit import actions as audit

from ..models import Change, ChangeKind, Enterprise, IndustryBy, PlaceMethod, Status
from ..permissions import may_keep, may_see_phone
from ..queries.differences import ROSTER_POINT, regrade
from ..queries.edits import PLAIN, Edit, PlaceEdit, PointEdit, StatusEdit, differs
from ..queries.industries import classify, gbt_of
from .facts import Writing
from .writing import begin, trail, write

_TWICE = gettext_noop("代码 %(known)s 已登记为“%(name)s”。")


@dataclass(frozen=True, slots=True)
class EnterpriseData:
    """A new enterprise. `values` are columns (queries.edits.PLAIN), `place` a 12-digit code, `risk` its first point.

    `since` is when it came to operate here (facts begin then), None for the day of the change.
    """

    values: Mapping[str, Any]
    place: int
    method: str = PlaceMethod.HAND.value
    status: str = Status.OPERATING.value
    since: date | None = None
    risk: RiskFacts | None = None
    is_demo: bool = False
    points: tuple[tuple[str, RiskFacts], ...] = field(default=())


@transaction.atomic
def register(
    *, by: Actor, now: datetime, on: date, rows: Sequence[EnterpriseData], label: str = ""
) -> list[Enterprise]:
    """Register enterprises in bulk (二.1), in the order given, each graded by 附件6.

    Refuses `not_your_enterprise`, `place_level`, `code_invalid`, `code_known`, `name_missing`.
    """
    for row in rows:
        _check_new(by, row)
    _insist_free([str(row.values["credit_code"]) for row in rows if row.values.get("credit_code")])
    words = label or (str(rows[0].values["name"]) if len(rows) == 1 else "")
    writing = begin(by, now, on, ChangeKind.REGISTER, words)
    edits = [_new(row, on) for row in rows]
    write(writing, edits)
    trail(writing, edits, "enterprise.register")
    return [edit.enterprise for edit in edits]


def _check_new(by: Actor, row: EnterpriseData) -> None:
    insist(may_keep(by, row.place))
    if not str(row.values.get("name") or "").strip():
        raise Refusal("name_missing", gettext_noop("请填写企业名称。"))
    _check_place(row.place)
    _check_code(row.values)


def _check_place(place: int) -> None:
    level = level_of(place)
    if level is None or level.rank == 0:
        raise Refusal("place_level", gettext_noop("请选择村居、乡镇或县区。"))


def _check_code(values: Mapping[str, Any]) -> None:
    code = values.get("credit_code")
    if code and not is_valid_credit_code(str(code)):
        text = gettext_noop("统一社会信用代码 %(written)s 不正确，请对照营业执照。")
        raise Refusal("code_invalid", text, written=code)


def _insist_free(codes: Sequence[str], but: int = 0) -> None:
    for start in range(0, len(codes), 800):
        rows = Enterprise.objects.filter(credit_code__in=codes[start : start + 800]).exclude(id=but)
        held = rows.values_list("credit_code", "name").first()
        if held:
            raise Refusal("code_known", _TWICE, known=held[0], name=held[1])
    if len(set(codes)) < len(codes):
        twice = next(code for code in codes if codes.count(code) > 1)
        raise Refusal("code_known", _TWICE, known=twice, name=twice)


def _new(row: EnterpriseData, on: date) -> Edit:
    edit = Edit(Enterprise(is_demo=row.is_demo))
    values = {**row.values, "credit_code": row.values.get("credit_code") or None}
    for name, value in _with_industry(values, on).items():
        setattr(edit.enterprise, name, value)
    edit.place = PlaceEdit(row.place, row.method)
    edit.status = StatusEdit(row.status, row.since or on)
    named = list(row.points)
    if row.risk is not None:
        named.insert(0, (ROSTER_POINT, replace(row.risk, label=ROSTER_POINT)))
    edit.points = tuple(
        PointEdit(None, replace(facts, label=name), name, from_roster=name == ROSTER_POINT) for name, facts in named
    )
    regrade(edit, [point.facts for point in edit.points], None, on)
    edit.enterprise.major_hazard = bool(edit.values.pop("major_hazard", False))
    return edit


def _with_industry(values: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The values with the industry that a GB/T 4754 class gives, when none was chosen."""
    found = {name: value for name, value in values.items() if name in PLAIN}
    if gbt := str(found.get("gbt_code") or found.get("gbt_name") or ""):
        found["gbt_code"], found["gbt_name"] = gbt_of(gbt)
    if found.get("industry"):
        found.setdefault("industry_by", IndustryBy.HAND.value)
    elif classified := classify(gbt, "", on, str(found.get("name") or "")):
        found |= {"industry": classified.industry, "industry_by": classified.by.value}
    return found


def locked(by: Actor, enterprise_id: int) -> Enterprise:
    """The enterprise, locked for writing, when the actor keeps it."""
    row = Enterprise.objects.select_for_update().get(id=enterprise_id)
    insist(may_keep(by, row.place))
    return row


def one(writing: Writing, edit: Edit, action: str, **data: Any) -> Change:
    """Write one edit with its event on the county's chain; phones are named, never told."""
    parts = edit.parts
    write(writing, [edit])
    audit.record(
        by=writing.by, now=writing.now, action=action, target=f"enterprise:{edit.enterprise.id}",
        chain=edit.enterprise.county, fields=list(parts), on=writing.on, reason=writing.reason, **data,
    )  # fmt: skip
    return writing.change


@transaction.atomic
def correct(*, by: Actor, now: datetime, enterprise_id: int, values: Mapping[str, Any]) -> Change | None:
    """Correct columns of an enterprise; None when nothing differs. The enterprise itself declares instead.

    Refuses `not_your_enterprise`, `code_invalid`, `code_known`, `name_missing`.
    """
    row = locked(by, enterprise_id)
    on = local_day(now)
    wanted = {name: value for name, value in values.items() if name in PLAIN}
    if "name" in wanted and not str(wanted["name"]).strip():
        raise Refusal("name_missing", gettext_noop("请填写企业名称。"))
    _check_code(wanted)
    if wanted.get("credit_code"):
        _insist_free([str(wanted["credit_code"])], but=row.id)
    if "industry" in wanted and wanted["industry"] != row.industry:
        wanted["industry_by"] = IndustryBy.HAND.value
    edit = Edit(row, differs(row, wanted))
    if edit.says_nothing:
        return None
    return one(begin(by, now, on, ChangeKind.EDIT, row.name), edit, "enterprise.correct")


@transaction.atomic
def set_status(*, by: Actor, now: datetime, enterprise_id: int, status: str, on: date, reason: str) -> Change:
    """Open, suspend or close an enterprise from a day on. Refuses `reason_missing`, `status_same`, `date_future`,
    `fact_date`, `not_your_enterprise`."""
    row = locked(by, enterprise_id)
    _insist_act(reason, on, local_day(now))
    if row.status == status:
        text = gettext_noop("“%(name)s”现在就是“%(status)s”。")
        raise Refusal("status_same", text, name=row.name, status=Status(status).label)
    values = {"closed_on": None if status == Status.OPERATING else on}
    edit = Edit(row, differs(row, values), status=StatusEdit(Status(status).value, on))
    old, label = row.status, f"{row.name} · {Status(status).label}"
    writing = begin(by, now, on, ChangeKind.STATUS, label, reason.strip())
    return one(writing, edit, "enterprise.status", old=old, new=status)


@transaction.atomic
def move(
    *, by: Actor, now: datetime, enterprise_id: int, place: int, on: date, reason: str, address: str = ""
) -> Change:
    """Move an enterprise to another unit from a day on. The actor keeps both ends. Refuses as `set_status`, and
    `place_level`, `place_same`."""
    row = locked(by, enterprise_id)
    insist(may_keep(by, place))
    _check_place(place)
    _insist_act(reason, on, local_day(now))
    if row.place == place and not row.place_guessed and row.place_method != PlaceMethod.NONE:
        raise Refusal("place_same", gettext_noop("“%(name)s”已经在这个网格。"), name=row.name)
    values = differs(row, {"address": address.strip()}) if address.strip() else {}
    edit = Edit(row, values, place=PlaceEdit(place, PlaceMethod.HAND.value))
    writing = begin(by, now, on, ChangeKind.PLACE, row.name, reason.strip())
    return one(writing, edit, "enterprise.move", old=row.place, new=place)


def _insist_act(reason: str, on: date, today: date) -> None:
    if len(reason.strip()) < 2:
        raise Refusal("reason_missing", gettext_noop("请写明原因，例如：搬迁、停产检修、注销。"))
    if on > today:
        raise Refusal("date_future", gettext_noop("日期不能晚于今天。"))


@transaction.atomic
def unmask_phones(*, by: Actor, now: datetime, enterprise_id: int, reason: str) -> tuple[str, str]:
    """(principal's, safety officer's) phones in clear, for a reason that the trail keeps.

    Refuses `reason_missing`, `not_your_enterprise`.
    """
    row = Enterprise.objects.get(id=enterprise_id)
    insist(may_see_phone(by, row.id, row.place))
    if len(reason.strip()) < 2:
        raise Refusal("reason_missing", gettext_noop("请写明查看完整号码的事由，例如：督导前电话联系。"))
    audit.record(
        by=by, now=now, action="enterprise.unmask", target=f"enterprise:{row.id}", chain=row.county,
        reason=reason.strip()[:200],
    )  # fmt: skip
    return str(row.principal_phone), str(row.safety_phone)
