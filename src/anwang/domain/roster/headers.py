"""Finding the header of a sheet: titles above it, two levels, merged groups, line breaks, synonyms, a user's map."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.roster.cells import clean
from anwang.domain.roster.spec import SheetSpec

Rows = Sequence[Sequence[object]]
SCANNED = 40
IGNORED_TITLES = frozenset(["序号", "编号", "no", "错误原因", "行号", "原行号", "导入结果"])
ERROR_TITLE = gettext_noop("错误原因")
_NAME_WORDS = frozenset(["姓名", "名字"])
_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")
_JUNK = re.compile(r"[\s*:：★☆▲·.。、/\\\-—_]+")
_LETTERS = re.compile(r"[A-Z]{1,2}")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header is (0-based rows, `last` included) and which column (0-based) holds which field.

    `unknown` are titles that mean nothing here, `repeated` titles of a field that an earlier column has already.
    """

    first: int
    last: int
    columns: dict[int, str]
    titles: dict[int, str]
    unknown: tuple[tuple[int, str], ...] = ()
    repeated: tuple[tuple[int, str], ...] = ()

    def column(self, name: str) -> int | None:
        """The column of a field, None when the sheet has none."""
        return next((col for col, field_name in self.columns.items() if field_name == name), None)


@dataclass(slots=True)
class _Names:
    """Titles by key for one kind of sheet."""

    full: dict[str, str] = field(default_factory=dict)
    beside: dict[tuple[str, str], str] = field(default_factory=dict)
    bare: dict[str, str] = field(default_factory=dict)
    persons: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, spec: SheetSpec) -> _Names:
        names = cls()
        for each in spec.fields:
            for title in (each.label, *each.synonyms, each.name):
                names.full.setdefault(title_key(title), each.name)
            names.persons |= {each.follows}
            for title in each.bare:
                names.beside[each.follows, title_key(title)] = each.name
                names.bare.setdefault(title_key(title), each.name)
        return names

    def find(self, title: str) -> str | None:
        key = title_key(title)
        return self.full.get(key) or self.full.get(_JUNK.sub("", _BRACKETS.sub("", _plain(title))))


def title_key(title: object) -> str:
    """A title without spaces, line breaks, stars, colons and brackets' frames, in small half-width letters."""
    return re.sub(r"[()\[\]【】]", "", _JUNK.sub("", _plain(title)))


def _plain(title: object) -> str:
    return unicodedata.normalize("NFKC", clean(title)).casefold()


def parse_mapping(text: str, spec: SheetSpec) -> dict[str, str]:
    """`单位全称=name,D=credit_code` as title or column letter → field. Refuses an unknown field by name."""
    mapping = {}
    for pair in filter(None, (part.strip() for part in re.split(r"[,，;；\n]", text))):
        title, equals, name = (part.strip() for part in pair.partition("="))
        labels = {each.label: each.name for each in spec.fields}
        target = labels.get(name, name)
        if not equals or not title or target not in spec.by_name:
            known = "、".join(spec.by_name)
            raise Refusal(
                "mapping_field", gettext_noop("列对应“%(pair)s”无效，可用字段：%(known)s。"), pair=pair, known=known
            )
        mapping[title] = target
    return mapping


def find_header(rows: Rows, spec: SheetSpec, mapping: Mapping[str, str] | None = None) -> Header | None:
    """The best header in the first 40 rows, of one or two levels; None when no row shows an anchor of the sheet."""
    names, best, best_score = _Names.of(spec), None, (1, False)
    for first in range(min(len(rows), SCANNED)):
        for titles, last in _candidates(rows, first):
            header = _read(titles, first, last, names, mapping or {})
            score = (len(header.columns), last == first)
            if score > best_score and any(header.column(anchor) is not None for anchor in spec.anchors):
                best, best_score = header, score
    return best


def _candidates(rows: Rows, first: int) -> Iterator[tuple[list[tuple[str, str]], int]]:
    """Titles as (group, title) of one row, then of two rows with the group carried to the right over blanks."""
    top = [clean(cell) for cell in rows[first]]
    yield [("", title) for title in top], first
    if first + 1 >= len(rows):
        return
    below = [clean(cell) for cell in rows[first + 1]]
    width = max(len(top), len(below))
    top += [""] * (width - len(top))
    below += [""] * (width - len(below))
    yield _two_levels(top, below), first + 1


def _two_levels(top: list[str], below: list[str]) -> list[tuple[str, str]]:
    titles, group = [], ""
    for upper, lower in zip(top, below, strict=True):
        group = upper or (group if lower else "")
        if not lower or upper == lower:
            titles.append(("", upper))
            group = "" if not lower else group
        else:
            titles.append((group, lower))
    return titles


def _read(titles: list[tuple[str, str]], first: int, last: int, names: _Names, mapping: Mapping[str, str]) -> Header:
    columns: dict[int, str] = {}
    shown: dict[int, str] = {}
    unknown, repeated, waiting = [], [], []
    by_key = {title_key(title): name for title, name in mapping.items()}
    beside = ""
    for col, (group, title) in enumerate(titles):
        if not title:
            continue
        shown[col] = group + title
        if mapping.get(column_letters(col)) == "":
            continue
        name = _mapped(col, group, title, by_key, mapping) or _named(group, title, beside, names)
        if name is None and title_key(title) in names.bare:
            waiting.append((col, names.bare[title_key(title)]))
        elif name is None:
            unknown += [] if title_key(title) in IGNORED_TITLES else [(col, group + title)]
            beside = ""
        elif name in columns.values():
            repeated.append((col, group + title))
        else:
            columns[col] = name
            beside = name if name in names.persons else beside
    for col, name in waiting:
        if name in columns.values():
            repeated.append((col, shown[col]))
        else:
            columns[col] = name
    return Header(first, last, dict(sorted(columns.items())), shown, tuple(unknown), tuple(repeated))


def _mapped(col: int, group: str, title: str, by_key: Mapping[str, str], raw: Mapping[str, str]) -> str | None:
    letter = next((name for key, name in raw.items() if _LETTERS.fullmatch(key) and column_number(key) == col), None)
    return letter or by_key.get(title_key(group + title)) or by_key.get(title_key(title))


def _named(group: str, title: str, beside: str, names: _Names) -> str | None:
    """By group and title together, by the group's person and a bare title, by the title alone or by its neighbour."""
    key = title_key(title)
    if group:
        person = names.find(group)
        if found := names.find(group + title):
            return found
        if person and key in _NAME_WORDS:
            return person
        if person and (person, key) in names.beside:
            return names.beside[person, key]
    return names.find(title) or names.beside.get((beside, key))


def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int | None) -> str:
    """0 → A, 26 → AA; nothing where a sheet has no such column."""
    letters = ""
    number = 0 if number is None else number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
