"""What the planner is told about people's enterprises: duties open and to come, wishes, other visits. No plan yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Q

from anwang.domain.calendar import PeriodKind, periods_between
from anwang.domain.duties.counting import STAND_INS, form_fits
from anwang.domain.duties.due import deadlines, period_kind
from anwang.domain.duties.rules import DutyRule
from anwang.domain.grid.measures import RemoteMeasure, measure_for
from anwang.domain.visits.needs import Calendar, Need
from anwang.domain.visits.plan import Firm
from anwang.domain.visits.route import Spot
from anwang.features.assignments import queries as assignments
from anwang.features.duties import queries as duties
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid.queries.measures import remote_measures
from anwang.features.policies import queries as policies

from ..models import OPEN_STATES, State, Visit, Wish, WishKind
from . import season

CHUNK = 800
ALL = 5_000


@dataclass(frozen=True, slots=True)
class Charge:
    """A person's enterprise with what the planner needs, and its name for screens."""

    person: int
    name: str
    firm: Firm


def charges(people: Iterable[int], today: date, until: date) -> Iterator[Charge]:
    """The enterprises that people lead today, each with its needs until a day, by person and place.

    At most eight queries, whatever the number of people; above 800 of them whole tables are read.
    """
    wanted = set(people)
    led = _led(wanted, today)
    firms = _firms(led)
    gathered = _Gathered(list(firms), today, until)
    needs = _needs(wanted, firms, led, today, until)
    measures = remote_measures((spot.place for _, spot in firms.values()), today, until)
    for key in sorted(firms, key=lambda key: (led[key][0], firms[key][1].place, key)):
        name, spot = firms[key]
        firm = Firm(key, spot, needs.get(key, ()), gathered.calendar(key, led[key][0]))
        yield Charge(led[key][0], name, _measured(firm, measures, today, until) if measures else firm)


def _measured(firm: Firm, measures: Sequence[RemoteMeasure], today: date, until: date) -> Firm:
    """Under a health measure nobody goes there; what has no other day is done by call or video (四.4)."""
    held = {day for day in _days(today, until) if measure_for(measures, firm.spot.place, day)}
    if not held:
        return firm
    needs = [_stood_in(need, held, today, until) for need in firm.needs]
    calendar = replace(firm.calendar, impossible=firm.calendar.impossible | held)
    return replace(firm, needs=needs, calendar=calendar)


def _stood_in(need: Need, held: set[date], today: date, until: date) -> Need:
    window = _days(today if need.late else need.start, until if need.late else need.due)
    under = [day for day in window if day in held]
    free = [day for day in window if day not in held and not season.is_quiet(day)]
    if free or not under or not {form.value for form in season.REMOTE}.isdisjoint(need.forms):
        return need
    forms = forms_of(policies.current().duty_rule(need.rule, need.start), remote=True)
    return need._replace(start=under[0], due=under[-1], forms=forms, late=False)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def _led(people: set[int], today: date) -> dict[int, tuple[int, date | None]]:
    """Enterprise → (who leads it, until when)."""
    rows = assignments.leads_on(today)
    rows = rows.filter(person_id__in=people) if len(people) <= CHUNK else rows
    found = rows.values_list("enterprise_id", "person_id", "valid_to").iterator(chunk_size=10000)
    return {firm: (person, end) for firm, person, end in found if person in people}


def _firms(led: dict[int, tuple[int, date | None]]) -> dict[int, tuple[str, Spot]]:
    rows = enterprises.operating()
    rows = rows.filter(id__in=list(led)) if len(led) <= ALL else rows
    found = rows.values_list("id", "name", "place", "longitude", "latitude").iterator(chunk_size=10000)
    return {
        key: (name, Spot(place, None if lon is None or lat is None else (lon, lat)))
        for key, name, place, lon, lat in found
        if key in led
    }


def _needs(
    people: set[int], firms: dict[int, tuple[str, Spot]], led: dict[int, tuple[int, date | None]], today: date,
    until: date,
) -> dict[int, list[Need]]:  # fmt: skip
    """What is open and due in the horizon, what was missed of late, and what will be owed in the periods to come."""
    found: defaultdict[int, list[Need]] = defaultdict(list)
    policy = policies.current()
    for row in duties.owed(start_until=until, due_from=season.planned_from(today), people=people):
        if row.enterprise in firms and row.due <= until:
            rule = policy.duty_rule(row.rule, row.start)
            need = _need(rule, row.period, max(row.start, today), row.due, late=row.due < today)
            found[row.enterprise].append(need)
    coming = coming_needs(today, until, policy.version)
    for key in firms:
        end = led[key][1]
        found[key] += coming if end is None else [need for need in coming if need.due < end]
    return found


@lru_cache(maxsize=4)
def coming_needs(today: date, until: date, _version: str) -> tuple[Need, ...]:
    """The needs of periods that begin after today and are due in the horizon: the same for every enterprise."""
    found = []
    for kind in PeriodKind:
        for period in periods_between(kind, today + timedelta(days=1), until + timedelta(days=1)):
            if period.first > today and period.last <= until:
                for rule in policies.current().duty_rules(period.first):
                    if period_kind(rule) is kind:
                        days = deadlines(rule, period)
                        found.append(_need(rule, period.key, days.start, days.due))
    return tuple(found)


def _need(rule: DutyRule, period: str, start: date, due: date, *, late: bool = False) -> Need:
    return Need((rule.code, period), rule.code, start, due, forms_of(rule), not rule.bundle, late)


@lru_cache(maxsize=64)
def forms_of(rule: DutyRule, *, remote: bool = False) -> tuple[str, ...]:
    """The forms that can carry a rule, the usual one first; `remote`: those that stand in for a visit (四.4)."""
    forms = [form for form in rule.forms if form_fits(rule, form, True)]
    if remote:
        forms = [form for form in sorted(STAND_INS & season.REMOTE) if form_fits(rule, form, False, True)]
    return tuple(form.value for form in forms)


class _Gathered:
    """Wishes, planned visits and visits of the month of many enterprises, read at once."""

    def __init__(self, firms: Sequence[int], today: date, until: date) -> None:
        narrowed = Q() if len(firms) > ALL else Q(enterprise_id__in=firms)
        self.wishes: defaultdict[int, list[tuple[str, date, date]]] = defaultdict(list)
        wishes = Wish.objects.filter(narrowed, withdrawn_at__isnull=True, last__gte=today, first__lte=until)
        for firm, kind, first, last in wishes.values_list("enterprise_id", "kind", "first", "last"):
            self.wishes[firm].append((kind, max(first, today), min(last, until)))
        self.visits: defaultdict[int, list[tuple[int, date, str]]] = defaultdict(list)
        visits = Visit.objects.filter(narrowed, state__in=OPEN_STATES, day__gte=today, day__lte=until)
        visits = visits.exclude(form__in=[form.value for form in season.REMOTE])
        for firm, person, day, state in visits.values_list("enterprise_id", "person_id", "day", "state"):
            self.visits[firm].append((person, day, state))
        self.been: dict[int, set[date]] = {
            firm: {each.day for each in been}
            for start in range(0, len(firms), CHUNK)
            for firm, been in duties.site_visits(firms[start : start + CHUNK], today.replace(day=1), today).items()
        }

    def calendar(self, firm: int, person: int) -> Calendar:
        """What its enterprise says and who else comes, for the plan of one person."""
        impossible: set[date] = set()
        wished: set[date] = set()
        for kind, first, last in self.wishes.get(firm, ()):
            (impossible if kind == WishKind.IMPOSSIBLE else wished).update(_days(first, last))
        taken: defaultdict[date, int] = defaultdict(int)
        kept: defaultdict[date, int] = defaultdict(int)
        for day in self.been.get(firm, ()):
            taken[day] += 1
        for who, day, state in self.visits.get(firm, ()):
            if who != person:
                taken[day] += 1
            elif state == State.ANNOUNCED:
                kept[day] += 1
        return Calendar(frozenset(impossible), dict(taken), dict(kept), frozenset(wished))
