"""A place from the free text of an address. It reads from the left and needs the kind of each place (镇, 街道, 村):
金雀山路 is a road, not 金雀山街道, and 西张庄村 is not 张庄村."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from anwang.domain.grid import codes, names
from anwang.domain.grid.by_name import NameReader
from anwang.domain.grid.found import NOT_STATED, Found, Method
from anwang.domain.grid.gazetteer import Gazetteer

_NOT_A_COUNTY = re.compile(r"街道|办事处|镇|乡|路|大街|街|村|社区|大道|庄")
_FULL_COUNTY = ("区", "县", "市", "管委会")
_TOWN_ENDING = r"(?:街道办事处|街道办|办事处|街道|镇(?![路区村])|乡(?![村镇路]))"
_GAP = re.compile(r"[，,、\-—()（）:：·]*")
_BOUNDARY = re.compile(r"[路街号园区内处口侧旁米，,、()（）:：\d]")
_VILLAGE_KIND = re.compile(r"社区|村|居委会|居(?=$|\W)")
_STREET = re.compile(r"[路街道巷桥]|大街|大道|小区|广场|花园|工业")


@dataclass(slots=True)
class AddressReader:
    """Reads addresses against the same index as the names."""

    book: Gazetteer
    reader: NameReader
    _towns: dict[int, re.Pattern[str]] = field(default_factory=dict)

    def read(self, address: str, context: int | None = None) -> Found:
        """The deepest unit that the text names. `context` is a unit already known from other columns.

        A village that a column names in the same township is not looked for again.
        """
        if not address:
            return NOT_STATED
        text = self._without_city(address)
        county, position, sure = self._county(text)
        if county is None and context is not None:
            county, sure = codes.county_of(context), True
        found, position = self._town(text, position, county, sure)
        if found.code is None or codes.township_of(found.code) is None:
            town = codes.township_of(context) if context is not None else None
            if town is None or (county is not None and not codes.covers(county, town)):
                return found
            found = Found(town, Method.ADDRESS)
        if context is not None and codes.digits_of(context) == codes.LENGTH and codes.covers(found.code or 0, context):
            return found
        return self._village(text, position, found)

    def _without_city(self, address: str) -> str:
        """Without province and city; 临沂 without 市 goes too unless it begins the name of a zone."""
        text = self.reader.without_city(address)
        head = self.book.heads.match(text)
        if head and self._is_county(head[0], text[head.end() :]):
            return text
        for city in self.book.cities:
            text = text.removeprefix(city.removesuffix("市"))
        return text

    def _county(self, text: str) -> tuple[int | None, int, bool]:
        """County, where reading goes on, and whether it stood in front."""
        head = self.book.heads.match(text)
        if head and self._is_county(head[0], text[head.end() :]):
            return self.book.counties[head[0]][0], head.end(), True
        for hit in self.book.heads.finditer(text):
            if len(hit[0]) > 2 and hit[0].endswith(("区", "县")) and len(self.book.counties[hit[0]]) == 1:
                return self.book.counties[hit[0]][0], hit.end(), False
        return None, 0, False

    def _is_county(self, alias: str, rest: str) -> bool:
        if len(self.book.counties[alias]) != 1:
            return False
        return alias.endswith(_FULL_COUNTY) or not _NOT_A_COUNTY.match(rest)

    def _town(self, text: str, position: int, county: int | None, sure: bool) -> tuple[Found, int]:
        start = Found(county, Method.ADDRESS) if county is not None else Found()
        pattern = self._pattern(county)
        hit = pattern.match(text, position)
        searched = pattern.search(text, position, position + 24) if hit is None and county is not None else None
        hit = hit or searched
        if hit is None:
            found = start if county is not None else start.but("address_unread")
            return (found if sure or county is None else self._guess(found)), position
        found = self.reader.township(start, hit[0])
        if found.code is None:
            return found, hit.end()
        found.method = Method.ADDRESS
        return (self._guess(found) if searched or not (sure or found.guessed) else found), hit.end()

    def _guess(self, found: Found) -> Found:
        return found.but("address_guess", name=self.reader.name(found.code or 0))

    def _pattern(self, county: int | None) -> re.Pattern[str]:
        """Names of the townships of a county (of all for None), with their kind."""
        key = county or 0
        if key not in self._towns:
            index = self.book.town_index(county) if county is not None else self.book.all_towns
            stems = set(index.tiers[1]) | {
                names.town_stem(name) for of_county, name in self.book.old_towns if county in (None, of_county)
            }
            ordered = "|".join(map(re.escape, sorted(stems, key=len, reverse=True))) or "(?!)"
            self._towns[key] = re.compile(f"(?:{ordered}){_TOWN_ENDING}")
        return self._towns[key]

    def _village(self, text: str, position: int, found: Found) -> Found:
        town = found.code or 0
        gap = _GAP.match(text, position)
        start = gap.end() if gap else position
        code, exact = self._at(text, start, town)
        if code is not None:
            deeper = found.at(code, Method.ADDRESS)
            return deeper if exact else self._guess(deeper)
        for hit in _BOUNDARY.finditer(text, start):
            code, _ = self._at(text, hit.end(), town)
            if code is not None:
                return self._guess(found.at(code, Method.ADDRESS))
        return found

    def _at(self, text: str, start: int, town: int) -> tuple[int | None, bool]:
        """The village whose name begins exactly there, the longest first; and whether its kind was written too."""
        index = self.book.village_index(town)
        if not index.longest:
            return None, False
        forms, stems = index.tiers[0], index.tiers[1]
        for end in range(min(len(text), start + index.longest), start + 1, -1):
            word = text[start:end]
            hits = forms.get(word)
            if hits and len(hits) == 1 and word.endswith(("村", "社区")):
                return hits[0], True
            hits = stems.get(word)
            if hits and len(hits) == 1 and self._ends_here(text, end):
                return hits[0], False
        return None, False

    def _ends_here(self, text: str, end: int) -> bool:
        rest = text[end:]
        return not rest or bool(_VILLAGE_KIND.match(rest)) or not ("\u4e00" <= rest[0] <= "\u9fff")
