"""A place from the columns county, township, village: strict forms first, a variant only where it is the only one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from anwang.domain.grid import codes, names
from anwang.domain.grid.found import NOT_STATED, Found, Method
from anwang.domain.grid.gazetteer import TOWN_FORMS, VILLAGE_FORMS, Gazetteer


@dataclass(frozen=True, slots=True)
class NameReader:
    """Reads the three columns. Never matches a village by its bare name."""

    book: Gazetteer

    def read(self, county: str, township: str, village: str) -> Found:
        """The deepest unit that the names give, with reservations; NOT_STATED when all are empty."""
        if not (county or township or village):
            return NOT_STATED
        found = self._county(self.without_city(county))
        if found.code is None and found.reasons:
            return found
        if township:
            found = self.township(found, township)
            if found.conflict or (found.code is None and found.reasons):
                return found
        return self.village(found, village) if village else found

    def without_city(self, text: str) -> str:
        """Without the province and the city in front; a city alone says nothing."""
        for prefix in ("山东省", "山东", *self.book.cities):
            text = text.removeprefix(prefix)
        return text

    def _county(self, text: str) -> Found:
        if not text:
            return Found()
        hits = self.book.counties.get(text, [])
        if len(hits) > 1:
            return Found(stated=True).but("county_ambiguous", text=text, others=hits)
        if not hits:
            return Found().but("county_unknown", text=text)
        return self._succeeded(Found(hits[0], Method.NAMES), text)

    def _succeeded(self, found: Found, text: str) -> Found:
        """Say so when the name is that of a county no longer in force."""
        unit = self.book.units[found.code or 0]
        if text.startswith(unit.name) or unit.name.endswith(text) or text[:2] in unit.name:
            return found
        return found.but("county_succeeded", guessed=False, text=text, name=unit.name)

    def township(self, found: Found, text: str) -> Found:
        """The township inside the county found so far, or by its name alone where only one bears it."""
        text = self.without_city(text)
        if found.code is None:
            head = self.book.heads.match(text)
            if head and len(head[0]) < len(text) and len(self.book.counties[head[0]]) == 1:
                inside = self._within(Found(self.book.counties[head[0]][0], Method.NAMES), text[head.end() :])
                if inside.code is not None and codes.township_of(inside.code):
                    return inside
            return self._anywhere(text)
        return self._within(found, self._without_county(found.code, text))

    def _without_county(self, county: int, text: str) -> str:
        head = self.book.heads.match(text)
        if head and self.book.counties[head[0]] == [county] and len(text) - head.end() > 2:
            return text[head.end() :]
        return text

    def _within(self, found: Found, text: str) -> Found:
        county = found.code or 0
        tier, hits = self.book.town_index(county).find(text, TOWN_FORMS)
        old = self.book.old_towns.get((county, names.town_form(text)))
        if tier != 0 and old is not None:
            return found.at(old, Method.NAMES)
        if len(hits) == 1:
            town = found.at(hits[0], Method.NAMES)
            bare = names.town_stem(text) == text
            if tier == 0 or bare:
                return town
            _, elsewhere = self.book.all_towns.find(text, TOWN_FORMS[:1])
            return town.but("township_kind", text=text, name=self._name(hits[0]), others=elsewhere)
        _, elsewhere = self.book.all_towns.find(text, TOWN_FORMS)
        if elsewhere:
            return found.conflicting("township_elsewhere", text=text, county=self._name(county), others=elsewhere)
        return found.but("township_unknown", text=text, county=self._name(county))

    def _anywhere(self, text: str) -> Found:
        tier, hits = self.book.all_towns.find(text, TOWN_FORMS)
        if not hits:
            return Found().but("township_unknown", text=text, county="".join(self.book.cities))
        _, same_stem = self.book.all_towns.find(names.town_stem(text), TOWN_FORMS)
        if len(hits) > 1 or (tier != 0 and len(same_stem) > 1):
            return Found().but("township_ambiguous", text=text, others=hits)
        found = Found(hits[0], Method.NAMES)
        return found.but("township_without_county", name=self._name(hits[0]), others=same_stem)

    def village(self, found: Found, text: str) -> Found:
        """The village inside the township found so far; with only a county it is a guess, with nothing none."""
        text = self.without_city(text)
        if found.code is None:
            return Found().but("village_bare", text=text, others=self._same_named(text))
        town = codes.township_of(found.code)
        if town is None:
            return self._village_of_county(found, found.code, text)
        text = self._without_town(town, text)
        tier, hits = self.book.village_index(town).find(text, VILLAGE_FORMS)
        if len(hits) == 1:
            return self._judge(found.at(hits[0], Method.NAMES), tier, text)
        params: dict[str, Any] = {"text": text, "town": self.book.units[town].name}
        if hits:
            return found.but("village_ambiguous", others=hits, **params)
        near = self.book.county_villages.get(codes.county_of(town) or 0)
        return found.but("village_unknown", others=near.find(text, VILLAGE_FORMS)[1] if near else (), **params)

    def _judge(self, found: Found, tier: int, text: str) -> Found:
        """A bare name is as good as the full one; another kind (村 for 社区) or a dropped 家 is a guess."""
        if tier == 0 or (tier == 1 and names.village_form(text) == names.village_stem(text)):
            return found
        return found.but("village_variant", text=text, name=self._name(found.code or 0))

    def _without_town(self, town: int, text: str) -> str:
        name = self.book.units[town].name
        county = self.book.units[codes.county_of(town) or 0].name
        rest = text.removeprefix(county).removeprefix(name + "办事处").removeprefix(name)
        return rest if len(rest) > 1 else text

    def _village_of_county(self, found: Found, county: int, text: str) -> Found:
        index = self.book.county_villages.get(county)
        _, hits = index.find(text, VILLAGE_FORMS[:2]) if index else (-1, [])
        if len(hits) == 1:
            return found.at(hits[0], Method.NAMES).but("village_without_township", name=self._name(hits[0]))
        params: dict[str, Any] = {"text": text, "town": self._name(county)}
        return found.but("village_ambiguous" if hits else "village_unknown", others=hits, **params)

    def _same_named(self, text: str) -> list[int]:
        indexes = self.book.county_villages.values()
        return [code for index in indexes for code in index.find(text, VILLAGE_FORMS[:2])[1]]

    def _name(self, code: int) -> str:
        chain = [c for c in (*reversed(codes.ancestors(code)), code) if codes.digits_of(c) > 4]
        return "".join(self.book.units[c].name for c in chain if c in self.book.units)

    def name(self, code: int) -> str:
        """The path of a unit below the city: 罗庄区高都街道."""
        return self._name(code)
