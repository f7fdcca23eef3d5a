"""The fewest contacts that meet all needs of one enterprise, and which needs nothing can meet (B1).

Needs that only one kind of contact can meet are one system of differences each (`frames`). Where a need may be met by
several kinds, or several kinds of visit share the room of a day, their choices are branched over, with the sum of the
systems as the bound: the answer is exact in every case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from anwang.domain.visits.days import Days, Room
from anwang.domain.visits.frames import Shape, Span, contradiction
from anwang.domain.visits.kinds import Group, Kind, Placed, cuts_of, form_alone, group_of, options
from anwang.domain.visits.needs import Calendar, Missed, Need, Why

#: After so many trials of leaving needs out, they are left out one by one as long as the rest does not fit.
TRIALS = 300


class Answer(NamedTuple):
    """`groups` hold the kinds of contacts with their blocks; `fewest` is proved to be the least number."""

    groups: tuple[Group, ...]
    fewest: int
    missed: tuple[Missed, ...]


class _Clash(Exception):
    """The needs cannot all be met; one of `blame` has to give way."""

    def __init__(self, blame: Sequence[Placed]) -> None:
        super().__init__()
        self.blame = blame


def fewest(needs: Iterable[Need], days: Days, calendar: Calendar) -> tuple[Answer, Room]:
    """The least number of contacts; what cannot be met is named with its reason, never passed over.

    When not everything fits, as few needs as possible are left out, late ones first.
    """
    room = Room(days, calendar)
    placed, missed = [], []
    for need in needs:
        found = _place(need, days, room)
        if isinstance(found, Missed):
            missed.append(found)
        else:
            placed.append(found)
    try:
        groups = _solve(placed, days, room)
    except _Clash:
        groups, left_out = _without_some(placed, days, room)
        missed += [Missed(each.need, Why.ROOM) for each in left_out]
    return Answer(groups, sum(each.frame.fewest or 0 for each in groups), tuple(missed)), room


def _place(need: Need, days: Days, room: Room) -> Placed | Missed:
    """A need on its days, or why it has none."""
    first = 0 if need.late else max(0, days.number(need.start))
    end = days.size if need.late else min(days.size, days.number(need.due) + 1)
    if first >= end:
        return Missed(need, Why.PAST)
    if not days.season.remote.isdisjoint(need.forms):
        return Placed(need, first, end)
    if room.plain:
        return Placed(need, first, end) if days.any_free(first, end) else Missed(need, _why(days, room, first, end))
    if any(room.by_day[first:end]):
        open_months = (
            limit and any(room.by_day[max(a, first) : min(b, end)])
            for (a, b), limit in zip(days.months, room.by_month, strict=True)
        )
        return Placed(need, first, end) if any(open_months) else Missed(need, Why.CAP_MONTH)
    return Missed(need, _why(days, room, first, end))


def _why(days: Days, room: Room, first: int, end: int) -> Why:
    """The reason of most of its days that can still be announced; the notice only where there is no such day."""
    found = [room.reason(days, number) for number in range(max(first, days.opens), end)]
    reasons = [reason for reason in found if reason]
    return max(reversed(Why), key=reasons.count) if reasons else Why.NOTICE


def _solve(placed: Sequence[Placed], days: Days, room: Room) -> tuple[Group, ...]:
    """Choose a kind for each need; raises _Clash when not all can be met."""
    remote = days.season.remote
    forms = frozenset(each.need.forms for each in placed if not each.need.alone)
    chosen: dict[Kind, list[Placed]] = {}
    flexible: list[tuple[Placed, tuple[str, ...]]] = []
    for each in placed:
        if each.need.alone:
            chosen.setdefault(Kind(form_alone(each.need, remote), True), []).append(each)
            continue
        may = options(each.need.forms, forms, remote, days.season.visit, bool(room.kept))
        if len(may) == 1:
            chosen.setdefault(Kind(may[0], False), []).append(each)
        else:
            flexible.append((each, may))
    if room.kept:
        chosen.setdefault(Kind(days.season.visit, False), [])
    if not flexible:
        return _shared(chosen, days, room)
    return _Choice(days, room, flexible).best(chosen)


class _Choice:
    """Needs that several kinds can meet: every choice is tried unless its bound is no better than the best found."""

    def __init__(self, days: Days, room: Room, flexible: list[tuple[Placed, tuple[str, ...]]]) -> None:
        self.days, self.room, self.flexible = days, room, flexible
        self.found: tuple[Group, ...] | None = None
        self.least = 10**6
        self.blame: list[Placed] = []

    def best(self, chosen: dict[Kind, list[Placed]]) -> tuple[Group, ...]:
        """The choice with the fewest contacts; raises _Clash when none meets all."""
        self._try(chosen, 0)
        if self.found is None:
            raise _Clash(list(dict.fromkeys([*self.blame, *(each for each, _ in self.flexible)])))
        return self.found

    def _try(self, chosen: dict[Kind, list[Placed]], number: int) -> None:
        try:
            groups = _shared(chosen, self.days, self.room)
        except _Clash as clash:
            self.blame += clash.blame
            return
        count = _count(groups)
        if count >= self.least:
            return
        if number == len(self.flexible):
            self.found, self.least = groups, count
            return
        need, may = self.flexible[number]
        for form in may:
            kind = Kind(form, False)
            self._try({**chosen, kind: [*chosen.get(kind, ()), need]}, number + 1)


def _count(groups: Iterable[Group]) -> int:
    return sum(group.frame.fewest or 0 for group in groups)


def _shared(chosen: dict[Kind, list[Placed]], days: Days, room: Room) -> tuple[Group, ...]:
    """The groups of a choice; kinds of visit share blocks and, where there are several, the room in them."""
    remote = days.season.remote
    apart = [group_of(kind, needs, days, room) for kind, needs in chosen.items() if kind.form in remote]
    visits = [(kind, needs) for kind, needs in chosen.items() if kind.form not in remote]
    cuts = cuts_of([each for _, needs in visits for each in needs], days, site=True) if len(visits) > 1 else None
    together = [group_of(kind, needs, days, room, cuts) for kind, needs in visits]
    for group in (*apart, *together):
        if group.frame.fewest is None:
            raise _Clash(_blamed(group))
    if len(together) > 1:
        together = _divide(together, days, room)
    return (*apart, *together)


def _blamed(group: Group) -> list[Placed]:
    spans = set(contradiction(group.shape))
    return [each for each in group.needs if group.span(each) in spans]


def _divide(groups: list[Group], days: Days, room: Room) -> list[Group]:
    """Several kinds of visit in the same room: who must stay out of a block or month that is too small for all.

    Depth first from the sum of the single answers; every branch takes one from the limit of one kind, so that each
    division of the room is reached.
    """
    joint = _Joint(groups, room)
    joint.search([group.shape for group in groups])
    if joint.found is None:
        raise _Clash([each for group in groups for each in group.needs])
    return [group._replace(shape=shape) for group, shape in zip(groups, joint.found, strict=True)]


class _Joint:
    """The search of `_divide`. The counts of the single answers are the bound; a division that fits is tight."""

    def __init__(self, groups: list[Group], room: Room) -> None:
        self.groups = groups
        cuts = groups[0].cuts
        self.room = [sum(room.by_day[a:b]) for a, b in pairwise(cuts)]
        self.months = [(first, end, room.by_month[i]) for i, (first, end, _) in enumerate(groups[0].shape.months)]
        self.found: list[Shape] | None = None
        self.least = 10**6
        self.seen: set[tuple[Shape, ...]] = set()

    def search(self, shapes: list[Shape]) -> None:
        """Try the shapes, then each way in which one kind gives way where they collide."""
        if tuple(shapes) in self.seen:
            return
        self.seen.add(tuple(shapes))
        groups = [group._replace(shape=shape) for group, shape in zip(self.groups, shapes, strict=True)]
        if any(group.frame.fewest is None for group in groups) or _count(groups) >= self.least:
            return
        uses = [_use(group) for group in groups]
        over = self._over(uses)
        if over is None:
            self.least = _count(groups)
            self.found = [_fixed(shape, use) for shape, use in zip(shapes, uses, strict=True)]
            return
        first, end = over
        for index, use in enumerate(uses):
            if used := sum(use[first:end]):
                self.search([*shapes[:index], _limited(shapes[index], first, end, used - 1), *shapes[index + 1 :]])

    def _over(self, uses: list[list[int]]) -> tuple[int, int] | None:
        """Blocks [first, end) in which the kinds together want more than there is room for."""
        total = [sum(each) for each in zip(*uses, strict=True)]
        for block, most in enumerate(self.room):
            if total[block] > most:
                return block, block + 1
        return next(((a, b) for a, b, most in self.months if sum(total[a:b]) > most), None)


def _use(group: Group) -> list[int]:
    """How many contacts each block holds in the answer in which every contact is as late as it can be."""
    paths = group.frame.at_least[0]
    return [after - before for before, after in pairwise(paths)]


def _limited(shape: Shape, first: int, end: int, most: int) -> Shape:
    return shape._replace(months=tuple(sorted({*shape.months, (first, end, most)})))


def _fixed(shape: Shape, use: list[int]) -> Shape:
    """A division that was found is kept: each kind may fill its blocks as there, so that all of them have room."""
    return shape._replace(room=tuple(use))


def _without_some(placed: list[Placed], days: Days, room: Room) -> tuple[tuple[Group, ...], list[Placed]]:
    """Leave out as few needs as will do, late ones and those due last first."""
    search = _LeavingOut(days, room)
    for most in range(1, len(placed) + 1):
        found = search.find(placed, most)
        if found is not None:
            return found
        if search.trials > TRIALS:
            break
    return _one_by_one(placed, days, room)


class _LeavingOut:
    """Which of the needs that contradict each other goes: all choices up to a number, each once."""

    def __init__(self, days: Days, room: Room) -> None:
        self.days, self.room, self.trials = days, room, 0

    def find(self, placed: list[Placed], most: int) -> tuple[tuple[Group, ...], list[Placed]] | None:
        """An answer that leaves out at most so many."""
        self.trials += 1
        try:
            return _solve(placed, self.days, self.room), []
        except _Clash as clash:
            if not most or self.trials > TRIALS:
                return None
            alike: dict[tuple[str, Span, bool, tuple[str, ...]], Placed] = {}
            for each in sorted(clash.blame, key=lambda each: (not each.need.late, -each.end, each.first)):
                key = each.need.rule, Span(each.first, each.end), each.need.alone, each.need.forms
                alike.setdefault(key, each)
        for each in alike.values():
            found = self.find([other for other in placed if other is not each], most - 1)
            if found is not None:
                return found[0], [each, *found[1]]
        return None


def _one_by_one(placed: list[Placed], days: Days, room: Room) -> tuple[tuple[Group, ...], list[Placed]]:
    """Take needs in while they fit: those in time first, then by their last day."""
    taken: list[Placed] = []
    left_out: list[Placed] = []
    for each in sorted(placed, key=lambda each: (each.need.late, each.end, each.first)):
        try:
            _solve([*taken, each], days, room)
            taken.append(each)
        except _Clash:
            left_out.append(each)
    return _solve(taken, days, room), left_out
