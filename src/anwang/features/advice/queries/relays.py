"""Policy notices and who has them: the receipts made at the issue are the list of enterprises that counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from anwang.domain.advice.notice import NoticeState
from anwang.domain.base import Actor, Level, Role, gettext_noop
from anwang.domain.grid.codes import level_of, unit_range
from anwang.features.accounts import queries as accounts
from anwang.features.assignments import queries as assignments
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid

from ..models import PolicyNotice, Question, Receipt
from .library import in_line, inside
from .who import is_enterprise

OPEN = Q(relayed_at__isnull=True, confirmed_at__isnull=True)
STATES = {"open": gettext_noop("未传达"), "done": gettext_noop("已传达"), "confirmed": gettext_noop("企业已确认")}
#: Level of a unit → the column of a receipt by which the units below are grouped, and its factor to a code.
_GROUP = {Level.CITY: ("county", 10**6), Level.COUNTY: ("township", 10**3)}


_SHOWN = (
    *("notice_id", "county", "township", "relayed_at", "relayed_how", "confirmed_at", "confirmed_by"),
    *("enterprise__name", "relayed_by__name"),
)


def in_state(state: str) -> Q:
    """The condition of a filter of STATES."""
    return {"open": OPEN, "done": ~OPEN, "confirmed": Q(confirmed_at__isnull=False)}.get(state, Q())


def notices(by: Actor) -> QuerySet[PolicyNotice]:
    """What concerns the actor, newest first: an enterprise sees what was issued to it, an office its drafts too."""
    if is_enterprise(by):
        got = Receipt.objects.filter(enterprise_id__in=by.territory.enterprises)
        rows = PolicyNotice.objects.filter(id__in=got.values("notice_id"))
    else:
        known = in_line(by) & ~Q(state=NoticeState.DRAFT)
        rows = PolicyNotice.objects.filter(known | inside(by) if by.has(Role.OFFICE) else known)
    return rows.order_by(F("issued_at").desc(nulls_first=True), "-id")


def notice(notice_id: int, *, by: Actor) -> PolicyNotice | None:
    """One notice that the actor may see."""
    return notices(by).filter(id=notice_id).first()


def targets_of(row: PolicyNotice, *, on: date) -> QuerySet[Any]:
    """The enterprises that its filter finds now: operating, in the units, industries, grades, levels of lead."""
    rows = enterprises.operating()
    place = Q(pk__in=[])
    for unit in row.units or [row.unit]:
        low, high = unit_range(int(unit))
        place |= Q(place__gte=low, place__lt=high)
    rows = rows.filter(place)
    if row.industries:
        rows = rows.filter(industry__in=row.industries)
    if row.grades:
        rows = rows.filter(grade__in=row.grades)
    if row.levels:
        led = assignments.leads_on(on).filter(level__in=row.levels)
        rows = rows.filter(id__in=led.values("enterprise_id"))
    return rows


@dataclass(frozen=True, slots=True)
class Tally:
    """A part of a notice's receipts: how many, of them received in any way, of them confirmed by the enterprise."""

    key: int
    name: str
    total: int
    done: int
    confirmed: int

    @property
    def open(self) -> int:
        return self.total - self.done

    @property
    def share(self) -> float:
        return self.done / self.total if self.total else 0.0


_MEASURES: dict[str, Any] = {
    "total": Count("id"),
    "open": Count("id", filter=OPEN),
    "confirmed": Count("id", filter=Q(confirmed_at__isnull=False)),
}


def receipts(row: PolicyNotice, *, by: Actor, unit: int | None = None) -> QuerySet[Receipt]:
    """The receipts of a notice inside the territory, and inside a unit of it."""
    rows = grid.within_facts(Receipt.objects.filter(notice=row), by)
    if unit is None:
        return rows
    match level_of(unit):
        case Level.COUNTY:
            return rows.filter(county=unit // 10**6)
        case Level.TOWNSHIP:
            return rows.filter(township=unit // 10**3)
        case Level.VILLAGE:
            return rows.filter(enterprise__place=unit)
        case _:
            low, high = unit_range(unit)
            return rows.filter(county__gte=low // 10**6, county__lt=high // 10**6)


def tally(row: PolicyNotice, *, by: Actor, unit: int | None = None) -> Tally:
    """One line for a unit."""
    found = receipts(row, by=by, unit=unit).aggregate(**_MEASURES)
    return Tally(unit or 0, "", found["total"], found["total"] - found["open"], found["confirmed"])


@dataclass(frozen=True, slots=True)
class Progress:
    """Who has the notice in a unit: the whole, then the units below, or at a township and below its people."""

    whole: Tally
    lines: list[Tally]
    people: bool


def progress(row: PolicyNotice, *, by: Actor, unit: int, on: date) -> Progress:
    """Three queries at the city and the county, four where people stand."""
    whole = tally(row, by=by, unit=unit)
    group = _GROUP.get(level_of(unit) or Level.CITY)
    if group is None:
        return Progress(whole, _by_person(row, by, unit, on), people=True)
    column, factor = group
    rows: Any = receipts(row, by=by, unit=unit).values(group=F(column)).annotate(**_MEASURES).order_by("group")
    found = [(each["group"] * factor, each) for each in rows]
    called = grid.names({code for code, _ in found})
    lines = [
        Tally(code, called.get(code, f"{code:012d}"), each["total"], each["total"] - each["open"], each["confirmed"])
        for code, each in found
    ]
    return Progress(whole, lines, people=False)


def _lead_of(on: date) -> Subquery:
    """Who leads the enterprise of a receipt today."""
    lead = assignments.leads_on(on).filter(enterprise_id=OuterRef("enterprise_id"))
    return Subquery(lead.values("person_id")[:1])


def _by_person(row: PolicyNotice, by: Actor, unit: int, on: date) -> list[Tally]:
    rows: Any = receipts(row, by=by, unit=unit).annotate(lead=_lead_of(on)).values("lead").annotate(**_MEASURES)
    found = list(rows.order_by("lead"))
    called = accounts.names_of([each["lead"] for each in found if each["lead"]])
    lines = [
        Tally(each["lead"] or 0, called.get(each["lead"], ""), each["total"], each["total"] - each["open"],
              each["confirmed"])
        for each in found
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (-line.open, line.name))


def rows_of(
    row: PolicyNotice, *, by: Actor, on: date, unit: int | None = None, person: int | None = None, state: str = ""
) -> QuerySet[Receipt]:
    """The receipts behind a number, those without receipt first, with `lead` (who leads the enterprise today)."""
    rows = receipts(row, by=by, unit=unit).filter(in_state(state)).annotate(lead=_lead_of(on))
    if person is not None:
        rows = rows.filter(lead=person) if person else rows.filter(lead__isnull=True)
    # Of enterprise and person only the names: their telephone numbers are not even deciphered.
    rows = rows.select_related("enterprise", "relayed_by").only(*_SHOWN)
    return rows.order_by(F("relayed_at").asc(nulls_first=True), "county", "township", "enterprise_id")


def leading(row: PolicyNotice, *, by: Actor, on: date) -> list[int]:
    """The people who lead the enterprises of a notice today, each once."""
    rows: Any = receipts(row, by=by).annotate(lead=_lead_of(on)).order_by("id")
    return [person for person in dict.fromkeys(rows.values_list("lead", flat=True)) if person]


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt with the names of the lead and the place."""

    row: Receipt
    lead: str
    place: str

    @property
    def label(self) -> str:
        if self.row.confirmed_at:
            return STATES["confirmed"]
        return STATES["done"] if self.row.relayed_at else STATES["open"]

    @property
    def light(self) -> str:
        return "green" if self.row.confirmed_at or self.row.relayed_at else "red"


def named(rows: list[Any]) -> list[ReceiptRow]:
    """Rows with names; two queries for any number."""
    people = accounts.names_of([row.lead for row in rows if row.lead])
    places = grid.names({row.township * 1000 for row in rows})
    return [ReceiptRow(row, people.get(row.lead, ""), places.get(row.township * 1000, "")) for row in rows]


def export_rows(rows: QuerySet[Receipt]) -> Iterator[ReceiptRow]:
    """All rows with names, read in slices."""
    slice_: list[Any] = []
    for row in rows.iterator(chunk_size=1000):
        slice_.append(row)
        if len(slice_) == 1000:
            yield from named(slice_)
            slice_ = []
    yield from named(slice_)


def mine(row: PolicyNotice, person_id: int | None, *, on: date) -> QuerySet[Receipt]:
    """The receipts of the enterprises that a person is bound to today, open ones first."""
    bound = assignments.of_person(person_id or 0, on=on).order_by()
    rows = Receipt.objects.filter(notice=row, enterprise_id__in=bound.values("enterprise_id"))
    return rows.select_related("enterprise", "relayed_by").order_by(
        F("relayed_at").asc(nulls_first=True), "enterprise__name", "id"
    )


def of_enterprise(row: PolicyNotice, by: Actor) -> Receipt | None:
    """The receipt of the enterprise that asks."""
    rows = Receipt.objects.filter(notice=row, enterprise_id__in=by.territory.enterprises)
    return rows.select_related("relayed_by").first()


@dataclass(frozen=True, slots=True)
class ToRelay:
    """A notice with how many of a person's enterprises have it: `done` of `total`."""

    id: int
    title: str
    due: date | None
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Relaying:
    """What a person must still relay: how many notices, and the first of them."""

    count: int
    first: list[ToRelay]


def notices_to_relay(person_id: int | None, *, on: date, most: int = 3) -> Relaying:
    """Issued notices that enterprises of the person do not have yet, the nearest last day first; one query."""
    bound = assignments.of_person(person_id or 0, on=on).order_by()
    rows = Receipt.objects.filter(enterprise_id__in=bound.values("enterprise_id"), notice__state=NoticeState.ISSUED)
    counted = rows.values("notice_id", "notice__title", "notice__due").annotate(
        total=Count("id"), missing=Count("id", filter=OPEN)
    )
    found = [
        ToRelay(each["notice_id"], each["notice__title"], each["notice__due"],
                each["total"] - each["missing"], each["total"])
        for each in counted.filter(missing__gt=0).order_by("notice__due", "notice_id")
    ]  # fmt: skip
    return Relaying(len(found), found[:most])


def standing_of(rows: list[PolicyNotice], by: Actor, on: date) -> dict[int, ToRelay]:
    """By notice, how many of one's own enterprises have it (a supervisor), else of the territory; one query."""
    got = Receipt.objects.filter(notice_id__in=[row.id for row in rows])
    open_to = Q(confirmed_at__isnull=True) if is_enterprise(by) else OPEN  # the enterprise asks what it has signed for
    if is_enterprise(by) or by.has(Role.LEADER, Role.OFFICE):
        got = grid.within_facts(got, by)
    else:
        bound = assignments.of_person(by.person_id or 0, on=on).order_by()
        got = got.filter(enterprise_id__in=bound.values("enterprise_id"))
    counted = got.values("notice_id").annotate(total=Count("id"), missing=Count("id", filter=open_to)).order_by()
    return {
        each["notice_id"]: ToRelay(each["notice_id"], "", on, each["total"] - each["missing"], each["total"])
        for each in counted
    }


def relays_of(person_id: int, first: date, end: date) -> int:
    """How many enterprises a person relayed notices to on the days [first, end): N7.1 by receipts, no record beside."""
    return Receipt.objects.filter(
        relayed_by_id=person_id, relayed_at__date__gte=first, relayed_at__date__lt=end
    ).count()  # fmt: skip


def news_for(by: Actor) -> dict[str, QuerySet[Any]]:
    """For the first page of an enterprise to count: "answers" not yet acknowledged, "relays" not yet confirmed."""
    firms = by.territory.enterprises
    got = Receipt.objects.filter(enterprise_id__in=firms, confirmed_at__isnull=True, notice__state=NoticeState.ISSUED)
    return {"answers": Question.objects.filter(enterprise_id__in=firms, state="answered"), "relays": got}


def notice_facts(by: Actor, *, most: int = 500) -> list[dict[str, Any]]:
    """Notices with their progress, for programs; two queries."""
    rows = list(notices(by)[:most])
    got = Receipt.objects.filter(notice_id__in=[row.id for row in rows])
    counted: Any = got.values("notice_id").annotate(**_MEASURES)
    known = {each["notice_id"]: each for each in counted.order_by()}
    return [
        {"id": row.id, "title": row.title, "state": row.state, "due": row.due, "total": row.targets,
         "done": row.targets - known[row.id]["open"] if row.id in known else 0,
         "confirmed": known[row.id]["confirmed"] if row.id in known else 0}
        for row in rows
    ]  # fmt: skip


def audience(row: PolicyNotice, *, on: date) -> list[Tally]:
    """How many enterprises a draft would reach, by the units below its own; the last line is the sum."""
    level = level_of(row.unit) or Level.CITY
    column, factor = _GROUP.get(level, ("place", 1))
    found = list(targets_of(row, on=on).order_by().values(group=F(column)).annotate(n=Count("id")).order_by("group"))
    called = grid.names({each["group"] * factor for each in found})
    return [
        Tally(each["group"] * factor, called.get(each["group"] * factor, ""), each["n"], 0, 0) for each in found
    ]  # fmt: skip
