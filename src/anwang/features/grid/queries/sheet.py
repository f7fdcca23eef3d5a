"""A sheet of people against what is known: what each row would do, and every doubt (二.2, 三.1)."""

from __future__ import annotations

import base64
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from anwang.adapters import reference
from anwang.adapters.xlsx.reader import read_sheet
from anwang.domain.base import Actor, Level, Reason, gettext_noop
from anwang.domain.grid.codes import level_of
from anwang.domain.grid.offices import may_date, may_hold, may_sponsor
from anwang.domain.grid.places import Clues, PlaceFinder, PlaceLevel
from anwang.domain.roster.rows import CellFault, Row, RowSet
from anwang.features.accounts import queries as accounts
from anwang.features.policies import queries as policies

from ..models import GridUnit, Leadership, Post, PostKind, Sponsorship, Upload
from .regrid import followed, tree_in_force
from .sheet_spec import people_spec
from .territory import on_day
from .units import root_unit, units

_SPLIT = re.compile(r"[、,，;；\s]+")


@dataclass(slots=True)
class RowPlan:
    """What one row states, resolved. `do` is created, updated, unchanged or error."""

    row: Row
    name: str = ""
    phone: str = ""
    kind: str = ""
    unit: int = 0
    start: date | None = None
    end: date | None = None
    words: dict[str, Any] = field(default_factory=dict)
    leads: bool = False
    sponsors: tuple[int, ...] = ()
    begun: date | None = None
    person_id: int | None = None
    post_id: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    lead_now: bool = False
    sponsored: frozenset[int] = frozenset()

    @property
    def do(self) -> str:
        if not self.row.ok:
            return "error"
        if self.post_id is None:
            return "created"
        lines = (self.leads and not self.lead_now) or set(self.sponsors) - self.sponsored
        return "updated" if self.changes or lines or (self.end is not None) else "unchanged"


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """The rows with what they would do, and the sheet itself for marking errors."""

    rows: list[RowPlan]
    sheet: RowSet

    @property
    def counts(self) -> dict[str, int]:
        """rows, created, updated, unchanged, errors, warnings."""
        done = Counter(row.do for row in self.rows)
        warned = sum(bool(plan.row.faults) and plan.row.ok for plan in self.rows)
        return {
            "rows": len(self.rows), "created": done["created"], "updated": done["updated"],
            "unchanged": done["unchanged"], "errors": done["error"], "warnings": warned,
        }  # fmt: skip


def plan_people(data: bytes, *, by: Actor, on: date) -> SheetPlan:
    """Read a sheet of people and compare it with what is known. Touches nothing; refuses what the reader refuses."""
    sheet = read_sheet(data, people_spec())
    reader = _Reader(by, on, sheet)
    plans = [reader.read(row) for row in sheet.rows]
    _match(plans, on)
    _no_twins(plans, sheet)
    return SheetPlan(plans, sheet)


class _Reader:
    """Resolves places, kinds and sponsored units of rows against the grid of a day."""

    def __init__(self, by: Actor, on: date, sheet: RowSet) -> None:
        self.by, self.on, self.sheet = by, on, sheet
        self.finder = PlaceFinder(tree_in_force(), [*followed(), *reference.successions()])
        self.root = root_unit(on=on)
        self.policy = policies.current()
        self.below: dict[int, list[GridUnit]] = {}
        for unit in units(on=on):
            self.below.setdefault(unit.parent or 0, []).append(unit)

    def read(self, row: Row) -> RowPlan:
        plan = RowPlan(row, row.text("name"), row.text("phone"), row.text("post_kind"))
        plan.start, plan.end = row["valid_from"], row["valid_to"]
        plan.words = {
            "organisation": row.text("department")[:80], "title": row.text("title"),
            "is_office": bool(row["is_office"]), "is_supervisor": row["is_supervisor"] is not False,
        }  # fmt: skip
        self._place(plan)
        if plan.unit:
            self._lines(plan)
        self._skills(plan)
        self._dates(plan)
        return plan

    def _dates(self, plan: RowPlan) -> None:
        for name, day in (("valid_from", plan.start), ("valid_to", plan.end)):
            if day is not None and not (held := may_date(day, self.on)):
                self._fault(plan.row, name, held.reasons[0].code, held.reasons[0].text, **held.reasons[0].params)
        if plan.end and plan.start and plan.end < plan.start:
            self._fault(plan.row, "valid_to", "end_before_start", gettext_noop("离任日期早于任职日期。"))

    def _skills(self, plan: RowPlan) -> None:
        """擅长行业 as the policy's codes; a word that names none of them is a warning."""
        found = []
        for word in filter(None, _SPLIT.split(plan.row.text("expertise"))):
            match = self.policy.industry_of(word, self.on)
            if match.industry is None:
                text = gettext_noop("“%(word)s”不是方案所列行业，已忽略。")
                self._fault(plan.row, "expertise", "industry_unknown", text, fatal=False, word=word)
            else:
                found.append(match.industry.code)
        plan.words["expertise"] = tuple(dict.fromkeys(found))

    def _fault(self, row: Row, column: str, code: str, text: str, /, *, fatal: bool = True, **params: Any) -> None:
        row.faults.append(CellFault(column, self.sheet.header.column(column), Reason(code, text, params), fatal))

    def _place(self, plan: RowPlan) -> None:
        row = plan.row
        clues = Clues(row.text("unit_code"), row.text("county"), row.text("township"), row.text("village"))
        said = any((clues.code, clues.county, clues.township, clues.village))
        root = self.root.code if self.root else 0
        at_root = clues.code == f"{root:012d}" and not (clues.county or clues.township or clues.village)
        if at_root or (not said and plan.kind in {PostKind.BUREAU, PostKind.DEPARTMENT}):
            plan.unit = root
        else:
            plan.unit = self._found(row, clues)
        if not plan.unit:
            return
        held = may_hold(plan.kind, plan.unit)
        if plan.kind and not held:
            reason = held.reasons[0]
            self._fault(row, "post_kind", reason.code, reason.text, **reason.params)
        elif not self.by.territory.covers(plan.unit):
            self._fault(row, "county", "not_your_unit", gettext_noop("这个网格不在您的辖区内。"))

    def _found(self, row: Row, clues: Clues) -> int:
        place = self.finder.find(clues)
        where = next((n for n in ("village", "township", "county", "unit_code") if row[n] is not None), "county")
        fatal = place.code is None or place.level is PlaceLevel.NONE or self._shallow(place.code, clues)
        for reason in place.reasons:
            self._fault(row, where, reason.code, reason.text, fatal=fatal, **reason.params)
        if fatal and not place.reasons:
            self._fault(row, where, "unit_unknown", gettext_noop("找不到这个网格，请核对名称或代码。"))
        return 0 if fatal or place.code is None else place.code

    @staticmethod
    def _shallow(code: int, clues: Clues) -> bool:
        """A place above the one that was named is no answer: the person would serve somewhere else."""
        deepest = Level.VILLAGE if clues.village else Level.TOWNSHIP if clues.township else Level.COUNTY
        found = level_of(code)
        return not clues.code and (found is None or found.rank < deepest.rank)

    def _lines(self, plan: RowPlan) -> None:
        plan.leads = bool(plan.row["leads"])
        found = []
        for name in filter(None, _SPLIT.split(plan.row.text("sponsors"))):
            hits = [u.code for u in self.below.get(plan.unit, []) if name in (u.name, str(u.code)) or _alike(name, u)]
            if len(hits) != 1 or not may_sponsor(plan.unit, hits[0]):
                text = gettext_noop("分管（包联）单位“%(name)s”不是所属网格的下一级。")
                self._fault(plan.row, "sponsors", "sponsor_unknown", text, name=name)
                continue
            found.append(hits[0])
        plan.sponsors = tuple(dict.fromkeys(found))


def _alike(name: str, unit: GridUnit) -> bool:
    """兰山 for 兰山街道 and 兰山区; never between two units, because the hit must be the only one."""
    return len(name) > 1 and unit.name.startswith(name)


def _match(plans: list[RowPlan], on: date) -> None:
    """Find the person and the post of each row that stands, and what would change."""
    sound = [plan for plan in plans if plan.row.ok]
    people = accounts.by_natural_key((plan.name, plan.phone) for plan in sound)
    ids = {person.id for person in people.values()}
    running = Post.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on))
    held = {(post.person_id, post.kind, post.unit): post for post in running if post.person_id in ids}
    led = set(Leadership.objects.filter(on_day(on)).values_list("post_id", "unit"))
    backed: dict[int, set[int]] = {}
    for post_id, unit in Sponsorship.objects.filter(on_day(on)).values_list("post_id", "unit"):
        backed.setdefault(post_id, set()).add(unit)
    for plan in sound:
        person = people.get((plan.name, plan.phone))
        if person is None:
            continue
        plan.person_id = person.id
        post = held.get((person.id, plan.kind, plan.unit))
        if post is not None:
            _compare(plan, post)
            plan.lead_now = (post.id, plan.unit) in led
            plan.sponsored = frozenset(backed.get(post.id, ()))


def _compare(plan: RowPlan, post: Post) -> None:
    """Only what the sheet states counts: an empty cell takes nothing away."""
    plan.post_id, plan.begun = post.id, post.valid_from
    stated = {name: name for name in ("title", "is_office", "is_supervisor", "expertise")} | {
        "organisation": "department"
    }
    known = {name: getattr(post, name) for name in stated} | {"expertise": tuple(post.expertise)}
    plan.changes = {
        name: plan.words[name]
        for name, column in stated.items()
        if plan.row[column] is not None and known[name] != plan.words[name]
    }
    plan.words = known | plan.changes
    if post.valid_to is not None and plan.end == post.valid_to:
        plan.end = None


def _no_twins(plans: list[RowPlan], sheet: RowSet) -> None:
    """The same person in the same post twice: the second row is skipped with a warning."""
    seen: dict[tuple[str, str, str, int], int] = {}
    for plan in plans:
        key = (plan.name, plan.phone, plan.kind, plan.unit)
        if not plan.row.ok:
            continue
        if key in seen:
            text = gettext_noop("与第 %(line)s 行是同一人的同一任职。")
            column = sheet.header.column("name")
            plan.row.faults.append(CellFault("name", column, Reason("twin_row", text, {"line": seen[key]}), True))
        else:
            seen[key] = plan.row.line


def upload(upload_id: int, *, by: Actor) -> tuple[str, bytes] | None:
    """(file name, bytes) of a file that this user uploaded and has not confirmed."""
    row = Upload.objects.filter(id=upload_id, user_id=by.user_id).first()
    return (row.filename, base64.b64decode(row.data)) if row else None
