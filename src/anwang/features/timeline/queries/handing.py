"""What a hand-over would move and to whom, what was handed over, and what a newcomer took over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from anwang.domain.base import Actor, Role
from anwang.features.accounts import queries as accounts
from anwang.features.assignments import queries as assignments
from anwang.features.assignments.queries import Candidate
from anwang.features.duties import queries as duties
from anwang.features.grid import queries as grid

from ..models import Handover, HandoverItem, State

#: Roles that keep the hand-overs of a territory.
LINE = (Role.LEADER, Role.OFFICE)
NEW_FOR = timedelta(days=90)
FOUND = 20
#: So many candidates of an enterprise are offered.
LISTED = 80


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One enterprise that a post leads, its open duties, who may take it, and the post chosen at first."""

    enterprise: Any
    since: date
    duties: int
    candidates: list[Candidate]
    chosen: int | None
    best: int | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a hand-over of a post moves. `one` are the candidates who may take every enterprise."""

    post: Any
    unit: str
    lines: list[OfferLine] = field(default_factory=list)
    others: int = 0
    one: list[Candidate] = field(default_factory=list)

    @property
    def firms(self) -> int:
        return len(self.lines)

    @property
    def duties(self) -> int:
        return sum(line.duties for line in self.lines)

    @property
    def stuck(self) -> list[OfferLine]:
        """Enterprises that nobody may take."""
        return [line for line in self.lines if not line.candidates]


def offer(by: Actor, post_id: int, *, on: date, to: int | None = None) -> Offer | None:
    """The preview: six queries whatever the number of enterprises; `to` is a post that should take all it may."""
    post = grid.post_for(by, post_id)
    if post is None:
        return None
    rows = [row for row in assignments.of_person(post.person_id, on=on) if row.post_id == post.id]
    leads = [row for row in rows if row.part == "lead" and row.valid_to is None]
    held = duties.held_open(post.person_id, on=on)
    shares = assignments.shared_out([row.enterprise for row in leads], on=on, besides=post.person_id)
    lines = []
    for row in leads:
        share = shares[row.enterprise_id]
        fits = any(each.post.id == to for each in share.candidates)
        first = share.candidates[0].post.id if share.candidates else None
        chosen = to if fits else share.best or first
        shown = _shown(share.candidates, {chosen, share.best})
        lines.append(OfferLine(row.enterprise, row.valid_from, held.get(row.enterprise_id, 0), shown,
                               chosen, share.best))  # fmt: skip
    called = grid.names([post.unit])
    return Offer(post, called.get(post.unit, ""), lines, len(rows) - len(leads), _for_all(lines))


def _shown(candidates: list[Candidate], named: set[int | None]) -> list[Candidate]:
    """The nearest of the candidates, and those that are named: a list that a person can still read."""
    return candidates[:LISTED] + [each for each in candidates[LISTED:] if each.post.id in named]


def _for_all(lines: list[OfferLine]) -> list[Candidate]:
    """Who may take every one of them, the least burdened first."""
    if len(lines) < 2:
        return []
    common = set.intersection(*({each.post.id for each in line.candidates} for line in lines))
    found = [each for each in lines[0].candidates if each.post.id in common]
    return sorted(found, key=lambda each: (each.load, each.post.id))[:8]


def findable(by: Actor, words: str, *, on: date) -> list[tuple[Any, str, int]]:
    """(post, unit, enterprises led) of supervisors of the territory whose name has the words; three queries."""
    if not words.strip():
        return []
    people = accounts.people().filter(name__icontains=words.strip()[:60])
    rows = grid.posts_for(by, on=on).filter(person__in=people, is_supervisor=True).order_by("unit", "id")
    found = list(rows[:FOUND])
    loads = assignments.loads_of([post.person_id for post in found], on=on)
    called = grid.names({post.unit for post in found})
    return [(post, called.get(post.unit, ""), loads.get(post.person_id, 0)) for post in found]


def handovers(by: Actor) -> QuerySet[Handover]:
    """Hand-overs of the territory: those that wait first, then the latest."""
    inside = Q(pk__in=[])
    for low, high in by.territory.ranges:
        inside |= Q(unit__gte=low, unit__lt=high)
    return Handover.objects.filter(inside).select_related("person", "post").order_by("-created_at", "-id")


def handover_for(by: Actor, handover_id: int) -> Handover | None:
    """One hand-over that the actor may see: leaders of the territory, who gave and who took."""
    row = Handover.objects.filter(id=handover_id).select_related("person", "post").first()
    if row is None:
        return None
    if by.has(*LINE) and by.territory.covers(row.unit):
        return row
    own = by.person_id is not None and (
        row.person_id == by.person_id or row.items.filter(to_person_id=by.person_id).exists()
    )
    return row if own else None


def items_of(row: Handover, *, person: int | None = None) -> list[HandoverItem]:
    """The enterprises of a hand-over, those of one taker together."""
    rows = row.items.select_related("enterprise", "to_person", "to_post").order_by("to_person_id", "enterprise__name")
    return list(rows if person is None else rows.filter(to_person_id=person))


@dataclass(frozen=True, slots=True)
class Received:
    """An enterprise that was taken over: from whom, what was done last, what is due, which papers wait."""

    item: HandoverItem
    last: Any | None
    duties: list[Any]

    @property
    def first_due(self) -> date | None:
        return min((row.due for row in self.duties), default=None)


def received(person: int, *, on: date) -> list[Received]:
    """What a person took over in the last 90 days and has still, the newest first; three queries."""
    rows = _taken(person, on=on).select_related("handover__person", "enterprise", "new").order_by("-handover__done_at")
    items: dict[int, HandoverItem] = {}
    for item in reversed(list(rows)):
        items.pop(item.enterprise_id, None)
        items[item.enterprise_id] = item
    firms = list(items)
    last = duties.last_contacts(firms, before=on)
    open_rows = duties.shown(duties.held_rows(person, firms, on=on), on)
    return [
        Received(item, last.get(firm), [row for row in open_rows if row.enterprise_id == firm])
        for firm, item in reversed(items.items())
    ]


def _taken(person: int, *, on: date) -> QuerySet[HandoverItem]:
    running = Q(new__valid_to=None) | Q(new__valid_to__gt=on)
    rows = HandoverItem.objects.filter(running, to_person_id=person, handover__state=State.DONE)
    return rows.filter(handover__on__gte=on - NEW_FOR, new__valid_from__lte=on)


def just_received(person: int, *, on: date) -> QuerySet[HandoverItem]:
    """What a person took over in the last two weeks: the first page says how many."""
    return _taken(person, on=on).filter(handover__on__gte=on - timedelta(days=14))


def waiting_in(by: Actor) -> QuerySet[Any]:
    """Hand-overs of the territory that wait for their day or could not be done."""
    return handovers(by).filter(state__in=(State.PLANNED, State.FAILED)).order_by()


def takers(items: Iterable[HandoverItem]) -> list[tuple[Any, list[HandoverItem]]]:
    """The items by the person who takes them."""
    found: dict[int, tuple[Any, list[HandoverItem]]] = {}
    for item in items:
        found.setdefault(item.to_person_id, (item.to_person, []))[1].append(item)
    return list(found.values())
