"""Complaints of an enterprise about visits go past the supervisor (四.4 八项规定、不得干扰、杜绝吃拿卡要).

They are handled strictly above whoever they are about: never by that person, nor by anybody of the same level.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse


class Kind(StrEnum):
    """What a complaint is about."""

    INTEGRITY = "integrity"
    DISTURBANCE = "disturbance"
    TOO_OFTEN = "too_often"
    ENTOURAGE = "entourage"
    OTHER = "other"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.INTEGRITY: gettext_noop("廉洁纪律（吃拿卡要等）"),
    Kind.DISTURBANCE: gettext_noop("干扰正常生产经营"),
    Kind.TOO_OFTEN: gettext_noop("上门次数过多"),
    Kind.ENTOURAGE: gettext_noop("层层陪同、来人过多"),
    Kind.OTHER: gettext_noop("其他"),
}


class State(StrEnum):
    """Where a complaint is."""

    FILED = "filed"
    TAKEN = "taken"
    ANSWERED = "answered"
    RAISED = "raised"
    FINAL = "final"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    State.FILED: gettext_noop("待受理"),
    State.TAKEN: gettext_noop("办理中"),
    State.ANSWERED: gettext_noop("已答复"),
    State.RAISED: gettext_noop("上一级复核中"),
    State.FINAL: gettext_noop("复核已答复"),
    State.SETTLED: gettext_noop("企业已认可"),
    State.WITHDRAWN: gettext_noop("已撤回"),
}

#: The same as acts, for the history.
STEP_LABELS = {
    State.FILED: gettext_noop("提出"),
    State.TAKEN: gettext_noop("受理"),
    State.ANSWERED: gettext_noop("答复"),
    State.RAISED: gettext_noop("不满意，转上一级"),
    State.FINAL: gettext_noop("复核答复"),
    State.SETTLED: gettext_noop("认可，办结"),
    State.WITHDRAWN: gettext_noop("撤回"),
}

# From → to. 不满意 goes one level up, once: after the review there is no further step here.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.FILED: frozenset({State.TAKEN, State.ANSWERED, State.WITHDRAWN}),
    State.TAKEN: frozenset({State.ANSWERED, State.WITHDRAWN}),
    State.ANSWERED: frozenset({State.SETTLED, State.RAISED}),
    State.RAISED: frozenset({State.FINAL}),
    State.FINAL: frozenset({State.SETTLED}),
    State.SETTLED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
#: States in which an answer is owed.
WAITING = frozenset({State.FILED, State.TAKEN, State.RAISED})


def may_become(state: State, to: State) -> Decision:
    """Whether a complaint may go over into a state."""
    if to in TRANSITIONS[state]:
        return ALLOWED
    text = gettext_noop("这件投诉现在是“%(state)s”，不能改为“%(to)s”，请刷新后查看。")
    return refuse("complaint_state", text, clause="四.4", state=state.label, to=to.label)


def answer_due(filed_on: date, answer_days: int) -> date:
    """The last day for an answer; calendar days, counted from the day after."""
    return filed_on + timedelta(days=answer_days)


class Subject(NamedTuple):
    """Somebody complained of, in one post: level (0 the city), units above nearest first, rank as leader or None."""

    person: int
    level: int
    unit: int
    above: tuple[int, ...]
    leads: int | None = None


class Member(NamedTuple):
    """A leader (rank 1 … 3) or a member of the office (None) of a unit, who may handle complaints sent there."""

    person: int
    unit: int
    leads: int | None


@dataclass(frozen=True, slots=True)
class Handler:
    """Who handles: leaders and office of a unit; with `leaders_before` only leaders of a smaller rank than that.

    `staffed` False: nobody there may see it now. The complaint waits for the next who may; the enterprise is told.
    """

    unit: int
    leaders_before: int | None = None
    staffed: bool = True


def handler_of(subjects: Sequence[Subject], members: Iterable[Member]) -> Handler:
    """The nearest unit strictly above the highest post of those complained of in which somebody else may handle it.

    A post of the city has no level above: the others of its leaders and office handle it, and of a leader only leaders
    of a higher rank. ValueError without subjects.
    """
    top = min(subjects, key=lambda each: each.level)
    people = {each.person for each in subjects}
    free = [each for each in members if each.person not in people]
    for unit in top.above:
        if any(each.unit == unit for each in free):
            return Handler(unit)
    city = top.above[-1] if top.above else top.unit
    leads = [each.leads for each in subjects if each.unit == city and each.leads is not None]
    before = min(leads) if leads else None
    staffed = any(each.unit == city and _reaches(each, before) for each in free)
    return Handler(city, before, staffed)


def raised_to(
    handler: Handler, above: Sequence[int], people: Iterable[int], members: Iterable[Member]
) -> Handler | None:
    """Where 不满意 goes: the next unit above with somebody, in the city to its first leaders; None when nobody is left.

    `people`: those complained of and whoever answered. `above`: units above the handler's, nearest first.
    """
    barred = set(people)
    free = [each for each in members if each.person not in barred]
    for unit in above:
        if any(each.unit == unit for each in free):
            return Handler(unit)
    city = above[-1] if above else handler.unit
    before = min(handler.leaders_before or 2, 2)
    first = any(each.unit == city and _reaches(each, before) for each in free)
    return Handler(city, before) if first and handler != Handler(city, before) else None


def _reaches(member: Member, before: int | None) -> bool:
    return before is None or (member.leads is not None and member.leads < before)
