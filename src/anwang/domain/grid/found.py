"""What a look-up of a place gives: the place, whether it was guessed, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from anwang.domain.base import Level, Reason, gettext_noop
from anwang.domain.grid import codes


class PlaceLevel(StrEnum):
    """How deep a place is known; NONE is a place that a person has to settle."""

    VILLAGE = "village"
    TOWNSHIP = "township"
    COUNTY = "county"
    NONE = "none"


class Method(StrEnum):
    """Where the deepest part of the place came from."""

    CODE = "code"
    NAMES = "names"
    ADDRESS = "address"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Clues:
    """What a row says about its place, as written; every part may be empty."""

    code: str = ""
    county: str = ""
    township: str = ""
    village: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row belongs. `code` is None when unresolved; `guessed` asks for a look by a person.

    `alternatives` are 12-digit codes that would fit as well, the likeliest first, at most eight.
    """

    code: int | None
    level: PlaceLevel
    method: Method = Method.NOTHING
    guessed: bool = False
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[int, ...] = ()

    @property
    def county(self) -> int | None:
        return codes.county_of(self.code) if self.code is not None else None

    @property
    def township(self) -> int | None:
        return codes.township_of(self.code) if self.code is not None else None


@dataclass(slots=True)
class Found:
    """A step of the search. `conflict` forbids using any place; `stated` says that there was something to read."""

    code: int | None = None
    method: Method = Method.NOTHING
    guessed: bool = False
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[int, ...] = ()
    conflict: bool = False
    stated: bool = True

    def but(self, kind: str, /, *, guessed: bool = True, others: Iterable[int] = (), **params: Any) -> Found:
        """The same place with one reservation more."""
        reason = Reason(kind, REASONS[kind], params)
        merged = tuple(dict.fromkeys((*self.alternatives, *others)))
        return Found(
            self.code, self.method, self.guessed or guessed, (*self.reasons, reason), merged, self.conflict, self.stated
        )

    def at(self, code: int, method: Method, *, guessed: bool = False) -> Found:
        """A deeper place, keeping what was said so far."""
        return Found(code, method, self.guessed or guessed, self.reasons, self.alternatives, self.conflict)

    def conflicting(self, kind: str, /, *, others: Iterable[int] = (), **params: Any) -> Found:
        """No place, because what is written contradicts itself."""
        found = self.but(kind, others=others, **params)
        found.code, found.conflict = None, True
        return found

    def place(self) -> Place:
        level = place_level(self.code)
        if level is PlaceLevel.NONE:
            return Place(None, level, Method.NOTHING, False, self.reasons, self.alternatives[:8])
        others = tuple(code for code in self.alternatives if code != self.code)
        return Place(self.code, level, self.method, self.guessed, self.reasons, others[:8])


NOT_STATED = Found(stated=False)
_LEVELS = {
    Level.COUNTY: PlaceLevel.COUNTY,
    Level.TOWNSHIP: PlaceLevel.TOWNSHIP,
    Level.VILLAGE: PlaceLevel.VILLAGE,
}


def place_level(code: int | None) -> PlaceLevel:
    """The level of a code as a depth of knowledge; a whole city is no place for an enterprise."""
    level = codes.level_of(code) if code is not None else None
    return _LEVELS.get(level, PlaceLevel.NONE) if level else PlaceLevel.NONE


REASONS = {
    "place_missing": gettext_noop("没有填写所在县区、乡镇、村居、编码或地址。"),
    "place_code_form": gettext_noop("网格编码“%(text)s”不是 6、9 或 12 位数字。"),
    "place_code_unknown": gettext_noop("网格编码 %(text)s 不在网格中。"),
    "place_code_above": gettext_noop("网格编码 %(text)s 不在网格中，暂放在其上级 %(name)s。"),
    "place_code_succeeded": gettext_noop("网格编码 %(text)s 已停用，按接续关系归入%(name)s。"),
    "place_conflict": gettext_noop("网格编码（%(code)s）与所填名称（%(names)s）不是同一个地方，请核对。"),
    "county_unknown": gettext_noop("县区“%(text)s”不在网格中。"),
    "county_ambiguous": gettext_noop("县区“%(text)s”可以指几个地方。"),
    "county_succeeded": gettext_noop("“%(text)s”现为%(name)s。"),
    "township_unknown": gettext_noop("乡镇“%(text)s”不在%(county)s中。"),
    "township_elsewhere": gettext_noop("乡镇“%(text)s”不属于%(county)s，请核对县区。"),
    "township_kind": gettext_noop("所填“%(text)s”按%(name)s认定。"),
    "township_without_county": gettext_noop("没有填写县区，按乡镇名称认定为%(name)s。"),
    "township_ambiguous": gettext_noop("乡镇“%(text)s”在几个县区都有，请填写县区。"),
    "village_unknown": gettext_noop("村居“%(text)s”不在%(town)s中。"),
    "village_ambiguous": gettext_noop("村居“%(text)s”在%(town)s有几个相近的名称。"),
    "village_variant": gettext_noop("所填“%(text)s”按%(name)s认定。"),
    "village_without_township": gettext_noop("没有填写乡镇，按村居名称认定为%(name)s。"),
    "village_bare": gettext_noop("只有村居名称“%(text)s”，全市重名多，请填写县区和乡镇。"),
    "address_differs": gettext_noop("地址写的是%(address)s，与所填%(name)s不一致。"),
    "address_guess": gettext_noop("按地址中的文字认定为%(name)s。"),
    "address_unread": gettext_noop("地址中没有认出网格内的县区或乡镇。"),
}
