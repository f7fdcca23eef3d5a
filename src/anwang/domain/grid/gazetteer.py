"""The names of a grid indexed for look-up: counties, townships of a county, villages of a township, successions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from anwang.domain.base import Level
from anwang.domain.grid import codes, names
from anwang.domain.grid.names import Succession
from anwang.domain.grid.tree import Unit


@dataclass(slots=True)
class Index:
    """Names of one parent's children in tiers, the strictest first; each tier maps a form to codes."""

    tiers: tuple[dict[str, list[int]], ...]
    longest: int = 0

    @classmethod
    def of(cls, entries: Iterable[tuple[str, int]], forms: tuple[names.Form, ...]) -> Index:
        tiers: tuple[defaultdict[str, list[int]], ...] = tuple(defaultdict(list) for _ in forms)
        for name, code in entries:
            for tier, form in zip(tiers, forms, strict=True):
                if code not in tier[form(name)]:
                    tier[form(name)].append(code)
        return cls(tuple(dict(tier) for tier in tiers), max((len(n) for tier in tiers for n in tier), default=0))

    def find(self, name: str, forms: tuple[names.Form, ...]) -> tuple[int, list[int]]:
        """The tier that hit (its number) and the codes there; (-1, []) when none of the tiers of `forms` knows it."""
        for number, (tier, form) in enumerate(zip(self.tiers, forms, strict=False)):
            if hits := tier.get(form(name)):
                return number, hits
        return -1, []


_NOTHING = Index(({}, {}, {}))
TOWN_FORMS: tuple[names.Form, ...] = (names.town_form, names.town_stem)
VILLAGE_FORMS: tuple[names.Form, ...] = (names.village_form, names.village_stem, names.village_root)


@dataclass(slots=True)
class Gazetteer:
    """Everything that `PlaceFinder` looks up; built once for a grid in force."""

    units: dict[int, Unit]
    cities: tuple[str, ...] = ()
    counties: dict[str, list[int]] = field(default_factory=dict)
    towns: dict[int, Index] = field(default_factory=dict)
    all_towns: Index = field(default_factory=lambda: _NOTHING)
    villages: dict[int, Index] = field(default_factory=dict)
    county_villages: dict[int, Index] = field(default_factory=dict)
    old_codes: dict[int, int] = field(default_factory=dict)
    old_towns: dict[tuple[int, str], int] = field(default_factory=dict)
    heads: re.Pattern[str] = re.compile("(?!)")

    def alive(self, code: int) -> int | None:
        """The code itself when it is in force, else what followed it."""
        seen: set[int] = set()
        while code not in self.units and code in self.old_codes and code not in seen:
            seen.add(code)
            code = self.old_codes[code]
        return code if code in self.units else None

    def town_index(self, county: int) -> Index:
        return self.towns.get(county, _NOTHING)

    def village_index(self, town: int) -> Index:
        return self.villages.get(town, _NOTHING)


def build(units: Iterable[Unit], successions: Iterable[Succession]) -> Gazetteer:
    """The index of a grid. `successions` whose old code is still in force only add the old name."""
    book = Gazetteer({unit.code: unit for unit in units})
    old = [s for s in successions if s.old_code not in book.units or s.old_code == s.new_code]
    book.old_codes = {s.old_code: s.new_code for s in old if s.old_code != s.new_code}
    old = [s for s in old if book.alive(s.new_code) is not None]
    book.cities = tuple(u.name for u in book.units.values() if u.level is Level.CITY)
    _index_counties(book, old)
    _index_towns(book, old)
    _index_villages(book, old)
    return book


def _index_counties(book: Gazetteer, old: list[Succession]) -> None:
    found: defaultdict[str, set[int]] = defaultdict(set)
    city_of = {u.code: u.name for u in book.units.values() if u.level is Level.CITY}
    city = next(iter(city_of.values()), "")
    for unit in book.units.values():
        if unit.level is Level.COUNTY:
            for alias in names.county_aliases(unit.name, city_of.get(unit.parent or 0, city)):
                found[alias].add(unit.code)
    for each in old:
        if codes.level_of(each.old_code) is Level.COUNTY:
            target = book.alive(each.new_code)
            for alias in names.county_aliases(each.old_name, city):
                if target is not None and alias not in found:
                    found[alias].add(target)
    book.counties = {alias: sorted(hits) for alias, hits in found.items()}
    aliases = sorted((a for a in book.counties if len(a) > 1), key=len, reverse=True)
    if aliases:
        book.heads = re.compile("|".join(map(re.escape, aliases)))


def _index_towns(book: Gazetteer, old: list[Succession]) -> None:
    entries: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for unit in book.units.values():
        if unit.level is Level.TOWNSHIP:
            entries[unit.parent or 0].append((unit.name, unit.code))
    book.towns = {county: Index.of(found, TOWN_FORMS) for county, found in entries.items()}
    book.all_towns = Index.of((e for found in entries.values() for e in found), TOWN_FORMS)
    for each in old:
        if codes.level_of(each.old_code) is Level.TOWNSHIP:
            target = book.alive(each.new_code)
            for county in {codes.county_of(each.old_code), codes.county_of(target or 0)}:
                if target is not None and county is not None:
                    book.old_towns[county, names.town_form(each.old_name)] = target


def _index_villages(book: Gazetteer, old: list[Succession]) -> None:
    entries: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for unit in book.units.values():
        if unit.level is Level.VILLAGE:
            entries[unit.parent or 0].append((unit.name, unit.code))
    current = {town: {names.village_form(name) for name, _ in found} for town, found in entries.items()}
    for each in old:
        if codes.level_of(each.old_code) is Level.VILLAGE:
            target = book.alive(each.new_code)
            town = codes.township_of(target) if target is not None else None
            if target is not None and town and names.village_form(each.old_name) not in current.get(town, ()):
                entries[town].append((each.old_name, target))
    book.villages = {town: Index.of(found, VILLAGE_FORMS) for town, found in entries.items()}
    by_county: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for town, found in entries.items():
        by_county[codes.county_of(town) or 0] += found
    book.county_villages = {county: Index.of(found, VILLAGE_FORMS) for county, found in by_county.items()}
