"""Which forms of contact are worth planning: one that meets all that another meets makes the other needless."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from anwang.domain.visits.days import Days, Room
from anwang.domain.visits.frames import Frame, Shape, Span, frame
from anwang.domain.visits.needs import Need


class Placed(NamedTuple):
    """A need with the days [first, end) of the horizon in which it can be met."""

    need: Need
    first: int
    end: int


class Kind(NamedTuple):
    """Contacts of one form, either those that meet several needs together or those that meet one each (`alone`)."""

    form: str
    alone: bool


@lru_cache(maxsize=4096)
def options(
    forms: tuple[str, ...], all_forms: frozenset[tuple[str, ...]], remote: frozenset[str], visit: str, announced: bool
) -> tuple[str, ...]:
    """The forms worth planning for a need that is met together with others of an enterprise, the usual one first.

    `visit` goes before its equals, and is always worth it where one is `announced` already.
    """
    meets = {form: {each for each in all_forms if form in each} for each in all_forms for form in each}
    usual = {form: min(each.index(form) for each in meets[form]) for form in meets}
    kept: list[str] = []
    for form in sorted(meets, key=lambda form: (-len(meets[form]), form != visit, usual[form], form)):
        rivals = [each for each in kept if (each in remote) == (form in remote)]
        if (announced and form == visit) or not any(meets[form] <= meets[each] for each in rivals):
            kept.append(form)
    return tuple(sorted((form for form in kept if form in forms), key=forms.index))


def form_alone(need: Need, remote: frozenset[str]) -> str:
    """The form of a need that has a record of its own: one that disturbs nobody, if any can carry it."""
    return next((form for form in need.forms if form in remote), need.forms[0])


class Group(NamedTuple):
    """The contacts of one kind with one enterprise: its needs, and the blocks [cuts[i], cuts[i + 1]) of its days."""

    kind: Kind
    site: bool
    needs: tuple[Placed, ...]
    cuts: tuple[int, ...]
    shape: Shape

    @property
    def frame(self) -> Frame:
        return frame(self.shape)

    def span(self, placed: Placed) -> Span:
        """The blocks of a need."""
        return Span(self.cuts.index(placed.first), self.cuts.index(placed.end))


def group_of(kind: Kind, needs: Sequence[Placed], days: Days, room: Room, cuts: tuple[int, ...] | None = None) -> Group:
    """Count days into blocks. `cuts` is given where groups share the room of the same blocks."""
    site = kind.form not in days.season.remote
    if (site and not room.plain) or cuts:
        return Group(kind, site, tuple(needs), *_shaped(kind, needs, days, room, cuts))
    windows = (kind, site, tuple([("" if kind.alone else each.need.rule, each.first, each.end) for each in needs]))
    found = days.shapes.get(windows)
    if found is None:
        found = days.shapes[windows] = _shaped(kind, needs, days, room, cuts)
    return Group(kind, site, tuple(needs), *found)


def _shaped(
    kind: Kind, needs: Sequence[Placed], days: Days, room: Room, cuts: tuple[int, ...] | None
) -> tuple[tuple[int, ...], Shape]:
    site = kind.form not in days.season.remote
    cuts = cuts or cuts_of(needs, days, site=site)
    at = {cut: index for index, cut in enumerate(cuts)}
    by_rule: dict[str, list[Span]] = {}
    for each in needs:
        by_rule.setdefault("" if kind.alone else each.need.rule, []).append(Span(at[each.first], at[each.end]))
    rules = tuple(sorted({tuple(sorted(spans)) for spans in by_rule.values()}))
    blocks = list(pairwise(cuts))
    kept = room.kept if site and kind == Kind(days.season.visit, False) else {}
    floor = tuple(sum(times for day, times in kept.items() if first <= day < end) for first, end in blocks)
    most = max(len(needs), 1) + sum(floor)
    if not site:
        return cuts, Shape(rules, tuple(min(end - first, most) for first, end in blocks), floor, ())
    limits = [min(limit, most) for limit in room.by_month]
    months = tuple((at[first], at[end], limit) for (first, end), limit in zip(days.months, limits, strict=True))
    month_of = [limit for first, end, limit in months for _ in range(first, end)]
    rooms = tuple(min(sum(room.by_day[a:b]), limit) for (a, b), limit in zip(blocks, month_of, strict=True))
    return cuts, Shape(rules, rooms, floor, months)


def cuts_of(needs: Sequence[Placed], days: Days, *, site: bool) -> tuple[int, ...]:
    """Where blocks begin and end: with every window, and with every month where months have caps."""
    found = {0, days.size}
    for placed in needs:
        found.add(placed.first)
        found.add(placed.end)
    if site:
        found.update(first for first, _ in days.months)
    return tuple(sorted(found))
