"""Obligations as screens show them: each with the one status, its words and its dot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When

from anwang.domain.base import Actor, gettext_noop
from anwang.domain.calendar import Period
from anwang.domain.duties import status as how
from anwang.domain.duties.rules import DutyRule
from anwang.domain.duties.span import TaskSpan, span_of
from anwang.domain.duties.status import Light, Status
from anwang.features.grid.queries import within_facts
from anwang.features.policies import queries as policies
from anwang.web.asked import number

from ..models import Obligation, Unable

OPEN = Q(done_at__isnull=True, waived_at__isnull=True)
#: What lists filter by, in the order of their tabs. The conditions follow `domain.duties.status`.
STATES = {
    "overdue": gettext_noop("逾期"),
    "soon": gettext_noop("即将到期"),
    "open": gettext_noop("待完成"),
    "done": gettext_noop("已完成"),
    "waived": gettext_noop("已免除"),
}


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One obligation on one day. `days` to its last day, negative when past; `unable` is the reason given."""

    id: int
    enterprise_id: int
    enterprise: str
    grade: str
    person_id: int
    person: str
    rule: DutyRule
    period: Period | TaskSpan
    start: date
    due: date
    miss: date
    status: Status
    label: str
    light: Light
    days: int
    done_on: date | None = None
    unable: str = ""

    @property
    def overdue(self) -> bool:
        return self.light is Light.RED

    @property
    def open(self) -> bool:
        return self.status in (Status.OPEN, Status.MISSED)

    @property
    def form(self) -> str:
        """The form in which the rule is met first of all."""
        return self.rule.forms[0].value


def shown(rows: Iterable[Obligation], day: date) -> list[DutyRow]:
    """Rows with their words, one more query for the reasons given. `rows` carry enterprise and person."""
    found = list(rows)
    reasons = unable_of(row.id for row in found if row.done_at is None)
    return [_shown(row, day, reasons.get(row.id, "")) for row in found]


def _with_reasons(rows: QuerySet[Obligation], day: date) -> list[DutyRow]:
    """As `shown`, the reasons read beside rows of which none is done."""
    standing = Unable.objects.filter(obligation_id=OuterRef("id"), ended_at=None).values("reason")[:1]
    return [_shown(row, day, row.unable or "") for row in rows.annotate(unable=Subquery(standing))]


def unable_of(ids: Iterable[int]) -> dict[int, str]:
    """The reason of 暂无法完成 that stands for an obligation now."""
    wanted = list(ids)
    if not wanted:
        return {}
    return dict(Unable.objects.filter(obligation_id__in=wanted, ended_at=None).values_list("obligation_id", "reason"))


def _shown(row: Obligation, day: date, unable: str) -> DutyRow:
    rule = policies.current().duty_rule(row.rule, row.start)
    done = row.done_at is not None
    state = how.status_on(day, row.start, row.miss, done, row.late, row.waived_at is not None)
    soon = rule.soon_days
    return DutyRow(
        row.id, row.enterprise_id, row.enterprise.name, row.enterprise.grade, row.person_id, row.person.name, rule,
        span_of(row.period, row.start, row.due), row.start, row.due, row.miss, state,
        how.label(state, row.due, day, soon), how.light(state, row.due, day, soon), (row.due - day).days, row.done_on,
        unable,
    )  # fmt: skip


def in_state(state: str, day: date) -> Q:
    """The rows that a tab shows; the same order of questions as `domain.duties.status.status_on`."""
    match state:
        case "overdue":
            return OPEN & Q(due__lt=day)
        case "soon":
            return OPEN & Q(start__lte=day, due__gte=day) & _soon(day)
        case "open":
            return OPEN & Q(start__lte=day, due__gte=day)
        case "done":
            return Q(done_at__isnull=False)
        case "waived":
            return Q(waived_at__isnull=False)
    return Q()


def _soon(day: date) -> Q:
    """Near its last day, as its rule has it."""
    groups: dict[int, list[str]] = {}
    for rule in policies.current().duty_rules(day):
        groups.setdefault(rule.soon_days, []).append(rule.code)
    parts = [Q(rule__in=codes, due__lt=day + timedelta(days=days)) for days, codes in groups.items()]
    return reduce(or_, parts, Q(pk=None))


def _with_names(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    names = ("enterprise__name", "enterprise__grade", "person__name")
    return rows.select_related("enterprise", "person").only(*_COLUMNS, *names)


_COLUMNS = (
    "enterprise_id", "person_id", "rule", "period", "start", "due", "miss", "done_on", "done_at", "late", "waived_at",
    "county", "township",
)  # fmt: skip


def listing(
    *, by: Actor, day: date, person: int | None = None, place: int | None = None, asked: Mapping[str, str]
) -> QuerySet[Obligation]:
    """Obligations by `state`, `rule`, `period` (due in it) and `enterprise`; of a person, or of the territory.

    One's own are one's own wherever they are; all others only inside the actor's territory. `place` is a 6- or
    9-digit county or township.
    """
    rows = _with_names(Obligation.objects.all())
    if person is None or person != by.person_id:
        rows = within_facts(rows, by)
    if person is not None:
        rows = rows.filter(person_id=person)
    if place is not None:
        rows = rows.filter(county=place) if place < 10**6 else rows.filter(township=place)
    if rule := asked.get("rule"):
        rows = rows.filter(rule=rule)
    if (enterprise := number(asked.get("enterprise", ""))) is not None:
        rows = rows.filter(enterprise_id=enterprise)
    return rows.filter(due_in(asked.get("period", ""))).order_by("due", "enterprise_id", "rule")


def due_in(key: str) -> Q:
    """Due in a period by its key; everything when the key is none."""
    try:
        period = Period.parse(key)
    except ValueError:
        return Q()
    return Q(due__gte=period.first, due__lt=period.end)


def standing_of(rows: QuerySet[Obligation], day: date) -> dict[str, int]:
    """How many of the rows are in each state; one query."""
    counted = {state: Count("id", filter=in_state(state, day)) for state in STATES}
    found: dict[str, int] = rows.order_by().aggregate(
        total=Count("id"), late=Count("id", filter=Q(late=True)), **counted
    )
    return found


def urgent_of(person: int, day: date, *, limit: int) -> list[DutyRow]:
    """What a person has overdue or due soon; what can still be in time stands before what is missed. One query."""
    urgent = in_state("overdue", day) | in_state("soon", day)
    # OPEN stands outside the alternatives too: only so the index of what is open serves.
    rows = _with_names(Obligation.objects.filter(OPEN, urgent, person_id=person))
    missed = Case(When(miss__lte=day, then=1), default=0)
    still = Case(When(miss__gt=day, then=F("due")))
    return _with_reasons(rows.order_by(missed, still, "-due", "enterprise_id")[:limit], day)


def open_of(person: int, *, until: date, day: date) -> list[DutyRow]:
    """What a person still owes and may do until a day, by enterprise; one query."""
    rows = _with_names(Obligation.objects.filter(OPEN, person_id=person, start__lte=until))
    return _with_reasons(rows.order_by("enterprise__name", "enterprise_id", "due", "rule"), day)


def find(obligation_id: int, *, by: Actor) -> Obligation | None:
    """One obligation that the actor may see."""
    rows = Obligation.objects.filter(id=obligation_id).select_related("enterprise", "person", "post")
    row = rows.first()
    if row is None or row.person_id == by.person_id:
        return row
    return within_facts(rows, by).first()
