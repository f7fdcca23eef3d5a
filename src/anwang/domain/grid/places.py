"""Finding the place of a row in the grid from codes, names and address: never a silent wrong village (三.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from anwang.domain.grid import codes, names
from anwang.domain.grid.by_address import AddressReader
from anwang.domain.grid.by_name import NameReader
from anwang.domain.grid.found import NOT_STATED, Clues, Found, Method, Place, PlaceLevel, place_level
from anwang.domain.grid.gazetteer import build
from anwang.domain.grid.names import Succession
from anwang.domain.grid.tree import Unit

__all__ = ["Clues", "Method", "Place", "PlaceFinder", "PlaceLevel"]


class PlaceFinder:
    """Resolves places against the units in force; `successions` tell what became of names and codes no longer in force.

    Build it once for an import; `find` keeps what it has read. Code and names that contradict each other give no place;
    an address that contradicts them leaves them standing, marked as guessed.
    """

    def __init__(self, units: Iterable[Unit], successions: Iterable[Succession] = ()) -> None:
        self._book = build(units, successions)
        self._names = NameReader(self._book)
        self._addresses = AddressReader(self._book, self._names)
        self._seen: dict[tuple[str, str, str, str], Found] = {}

    def find(self, clues: Clues) -> Place:
        """The place of a row. Level NONE comes with the reason and, where there are any, alternatives."""
        key = (clues.code, clues.county, clues.township, clues.village)
        base = self._seen.get(key)
        if base is None:
            base = self._seen[key] = self._columns(*(names.squeeze(part) for part in key))
        if base.conflict:
            return base.place()
        address = names.squeeze(clues.address)
        if not address:
            return (base if base.stated else base.but("place_missing")).place()
        return self._with_address(base, self._addresses.read(address, base.code)).place()

    def name(self, code: int) -> str:
        """The path of a unit below the city, joined."""
        return self._names.name(code)

    def _columns(self, code: str, county: str, township: str, village: str) -> Found:
        by_code = self._by_code(code)
        by_names = self._names.read(county, township, village)
        if by_code.code is None:
            return self._merge_reasons(by_names, by_code) if by_code.stated else by_names
        if not by_names.stated:
            return by_code
        if by_names.conflict:
            return self._conflict(by_code, by_names)
        if by_names.code is None:
            return self._merge_reasons(by_code, by_names)
        if codes.covers(by_code.code, by_names.code):
            return self._merge_reasons(by_names if by_names.code != by_code.code else by_code, by_code, by_names)
        if codes.covers(by_names.code, by_code.code):
            return self._merge_reasons(by_code, by_names)
        return self._conflict(by_code, by_names)

    def _by_code(self, text: str) -> Found:
        if not text:
            return NOT_STATED
        code = codes.parse_code(text)
        if code is None:
            return Found().but("place_code_form", text=text)
        alive = self._book.alive(code)
        if alive == code:
            return Found(code, Method.CODE)
        if alive is not None:
            found = Found(alive, Method.CODE)
            return found.but("place_code_succeeded", guessed=False, text=text, name=self.name(alive))
        return self._above(code, text)

    def _above(self, code: int, text: str) -> Found:
        """The nearest unit in force above an unknown code, as a guess."""
        for above in codes.ancestors(code):
            alive = self._book.alive(above)
            if alive is not None and place_level(alive) is not PlaceLevel.NONE:
                return Found(alive, Method.CODE).but("place_code_above", text=text, name=self.name(alive))
        return Found().but("place_code_unknown", text=text)

    @staticmethod
    def _merge_reasons(found: Found, *others: Found) -> Found:
        every = [*found.reasons, *(reason for other in others for reason in other.reasons)]
        reasons = tuple({(r.code, str(r)): r for r in every}.values())
        alternatives = tuple(dict.fromkeys(a for each in (found, *others) for a in each.alternatives))
        guessed = found.guessed or any(other.guessed for other in others)
        return Found(found.code, found.method, guessed, reasons, alternatives, found.conflict)

    def _conflict(self, by_code: Found, by_names: Found) -> Found:
        stated = self.name(by_names.code) if by_names.code is not None else "；".join(map(str, by_names.reasons))
        others = [c for c in (by_code.code, by_names.code, *by_names.alternatives) if c is not None]
        where = self.name(by_code.code or 0)
        return Found().conflicting("place_conflict", code=where, names=stated, others=others)

    def _with_address(self, base: Found, address: Found) -> Found:
        if base.code is None:
            merged = self._merge_reasons(address, base)
            merged.guessed = merged.guessed or bool(base.reasons)
            return merged
        if address.code is None or codes.covers(address.code, base.code):
            return base
        if codes.covers(base.code, address.code):
            return self._merge_reasons(address, base)
        where: dict[str, Any] = {"address": self.name(address.code), "name": self.name(base.code)}
        return base.but("address_differs", others=[address.code], **where)
