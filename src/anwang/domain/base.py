"""Words that every area of the domain shares: levels, grades, intervals, decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


def gettext_noop(text: str) -> str:
    """Mark a Chinese sentence for translation; the edge translates it, the domain only names it."""
    return text


class Level(StrEnum):
    """The five levels of the grid (通知 三.1), from the top down."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    ENTERPRISE = "enterprise"

    @property
    def rank(self) -> int:
        """0 for the city, 4 for the enterprise."""
        return list(Level).index(self)

    @property
    def label(self) -> str:
        return _LEVEL_LABELS[self]

    @property
    def above(self) -> Level | None:
        """The next level up, or None above the city."""
        return list(Level)[self.rank - 1] if self.rank else None

    @property
    def below(self) -> Level | None:
        """The next level down, or None below the enterprise."""
        return list(Level)[self.rank + 1] if self.rank < 4 else None


_LEVEL_LABELS = {
    Level.CITY: gettext_noop("市"),
    Level.COUNTY: gettext_noop("县区"),
    Level.TOWNSHIP: gettext_noop("乡镇（街道）"),
    Level.VILLAGE: gettext_noop("村居"),
    Level.ENTERPRISE: gettext_noop("企业"),
}


class Grade(StrEnum):
    """Risk grade of an enterprise or a risk point (附件6), the worst first."""

    MAJOR = "major"
    LARGER = "larger"
    GENERAL = "general"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for major, 3 for low."""
        return list(Grade).index(self)

    @property
    def label(self) -> str:
        return _GRADE_LABELS[self]


_GRADE_LABELS = {
    Grade.MAJOR: gettext_noop("重大风险"),
    Grade.LARGER: gettext_noop("较大风险"),
    Grade.GENERAL: gettext_noop("一般风险"),
    Grade.LOW: gettext_noop("低风险"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so. `code` is stable; `text` is a Chinese sentence with %(name)s places."""

    code: str
    text: str
    params: dict[str, Any] = field(default_factory=dict)
    clause: str = ""

    def __str__(self) -> str:
        return self.text % self.params if self.params else self.text


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of a rule: the button and the action ask the same one."""

    allowed: bool
    reasons: tuple[Reason, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(True)


def refuse(code: str, text: str, *, clause: str = "", **params: Any) -> Decision:
    """A refusal with one reason."""
    return Decision(False, (Reason(code, text, params, clause),))


class Refusal(Exception):
    """A request that is understood and not carried out. The edge turns it into HTTP 4xx or exit 1.

    `code` is stable, `text` one Chinese sentence that says what to do, with %(name)s places.
    """

    status = 409

    def __init__(self, code: str, text: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.text, self.params = code, text, params

    @classmethod
    def of(cls, decision: Decision) -> Refusal:
        """The refusal that a negative decision stands for."""
        reason = decision.reasons[0]
        return cls(reason.code, reason.text, **reason.params)

    def __str__(self) -> str:
        return self.text % self.params if self.params else self.text


def insist(decision: Decision) -> None:
    """Go on when it is allowed, else raise the refusal that a negative decision stands for."""
    if not decision:
        raise Refusal.of(decision)


NOT_GIVEN = gettext_noop("这件事由本企业主要负责人办理；需要时请他在“人员权限”中给您。")


def given(actor: Actor, right: Right) -> Decision:
    """Whether staff of an enterprise was given this by its principal; everybody else needs no giving."""
    return ALLOWED if actor.given(right) else refuse("not_given", NOT_GIVEN)


@dataclass(frozen=True, slots=True)
class Interval:
    """A half-open interval of days [start, end); `end` None is open."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError("an interval ends before it starts")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Interval) -> bool:
        """True when at least one day lies in both."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)


class Role(StrEnum):
    """What a post lets a person do. A person may hold several posts; one is worn at a time."""

    SUPERVISOR = "supervisor"
    LEADER = "leader"
    OFFICE = "office"
    DEPARTMENT = "department"
    PRINCIPAL = "principal"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


class Right(StrEnum):
    """What staff of an enterprise may do for it; its principal may all of it and gives some of it away (N10)."""

    SEE = "see"
    RECTIFY = "rectify"
    DECLARE = "declare"
    ASK = "ask"
    NOTICES = "notices"
    COMPLAIN = "complain"


@dataclass(frozen=True, slots=True)
class Territory:
    """The half-open ranges of 12-digit unit codes, and the single enterprises, that an actor may see."""

    ranges: tuple[tuple[int, int], ...] = ()
    enterprises: frozenset[int] = frozenset()

    def covers(self, code: int) -> bool:
        """True when the unit with this code lies inside."""
        return any(low <= code < high for low, high in self.ranges)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which post. Ids are database keys; `unit` is a 12-digit code.

    `rights` narrows what the roles give: staff of an enterprise has its principal's role and only these rights of it.
    None: everything that the roles give.
    """

    name: str
    roles: frozenset[Role] = frozenset()
    territory: Territory = Territory()
    level: Level | None = None
    unit: int | None = None
    user_id: int | None = None
    person_id: int | None = None
    post_id: int | None = None
    title: str = ""
    rights: frozenset[Right] | None = None

    def given(self, right: Right) -> bool:
        """False for staff of an enterprise to whom its principal did not give this."""
        return self.rights is None or right in self.rights

    def has(self, *roles: Role) -> bool:
        """True when the actor holds one of the roles."""
        return not self.roles.isdisjoint(roles)


#: The system itself: scheduler, command line of the operator. Sees everything.
SYSTEM = Actor(name="系统", roles=frozenset(Role), territory=Territory(ranges=((0, 10**12),)), level=Level.CITY)


#: How long work says how far it is: done, total, what it does now.
Report = Callable[[int, int, str], None]


def silent(done: int, total: int, phase: str = "") -> None:
    """A `Report` that nobody watches."""
