"""Typed reading of one table: each method reads a key, notes a fault where it must, and returns a usable value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from anwang.domain.base import Interval, gettext_noop
from anwang.domain.policy.faults import shown
from anwang.domain.policy.nodes import Items, Mark, Node, Scalar, Table
from anwang.domain.policy.reading import Reading

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

CLAUSE, DOCUMENT = gettext_noop("条款"), gettext_noop("文书")
RULE, INDUSTRY = gettext_noop("规则"), gettext_noop("行业")
"""Kinds of names, as a fault calls them."""

OFFICE_SETS = "office_sets"
PLACEHOLDER_DAY = date(1, 1, 1)
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_WHOLE = re.compile(r"[+-]?\d{1,13}", re.ASCII)


class Fields:
    """The keys of one table. After a fault a placeholder is returned, so that the reading goes on to the next fault."""

    def __init__(self, table: Table, reading: Reading, where: str) -> None:
        self.table, self.reading, self.where = table, reading, where
        self._read: set[str] = {OFFICE_SETS}
        self._faults_before = len(reading.faults)

    @property
    def mark(self) -> Mark:
        return self.table.mark

    def has(self, key: str) -> bool:
        """True when the key is written and not empty; the key then counts as known."""
        self._read.add(key)
        node = self.table.get(key)
        return node is not None and not (isinstance(node, Scalar) and node.is_empty)

    def place(self, key: str) -> tuple[Mark, str]:
        """Where a key stands, for a fault about it; where its table begins when it is absent."""
        mark = next((name.mark for name, _ in self.table.pairs if name.text == key), self.mark)
        return mark, f"{self.where}.{key}".lstrip(".")

    def wrong(self, key: str, code: str, text: str, *, found: str | None = None, **params: object) -> None:
        """Note a fault about a key."""
        mark, where = self.place(key)
        quoted = shown(self.table.get(key)) if found is None else found
        self.reading.fault(mark, where, code, text, found=quoted, **params)

    # -- single values

    def text(self, key: str, default: str | None = None, *, pattern: str | None = None, shape: str = "") -> str:
        """Text; with `pattern` it must match whole, and `shape` says how it should look."""
        node = self._scalar(key, required=default is None)
        if node is None:
            return default or ""
        if pattern and not re.fullmatch(pattern, node.text):
            self.wrong(key, "shape", gettext_noop("应形如 %(shape)s"), shape=shape or pattern)
        return node.text.strip()

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number of [low, high]."""
        node = self._scalar(key, required=default is None)
        if node is None:
            return low if default is None else default
        if not _WHOLE.fullmatch(node.text) or not low <= int(node.text) <= high:
            self.wrong(key, "integer", gettext_noop("应为 %(low)s 至 %(high)s 的整数"), low=low, high=high)
            return low
        return int(node.text)

    def limit(self, key: str, low: int, high: int) -> int | None:
        """A whole number of [low, high], or None when the key is absent."""
        return self.integer(key, low, high) if self.has(key) else None

    def flag(self, key: str, default: bool | None = None) -> bool:
        """true or false."""
        node = self._scalar(key, required=default is None)
        if node is None:
            return bool(default)
        if node.text not in _FLAGS:
            self.wrong(key, "flag", gettext_noop("应为 true 或 false"))
        return _FLAGS.get(node.text, False)

    def day(self, key: str) -> date:
        """A day as 2020-03-05."""
        node = self._scalar(key, required=True)
        return PLACEHOLDER_DAY if node is None else (self._day(key, node.text) or PLACEHOLDER_DAY)

    def day_or_none(self, key: str) -> date | None:
        """A day, or None when the key is absent."""
        node = self._scalar(key, required=False)
        return None if node is None else self._day(key, node.text)

    def one_of(self, key: str, kind: type[E], default: E | None = None) -> E:
        """A member of an enumeration, by its value."""
        node = self._scalar(key, required=default is None)
        if node is None:
            return default or next(iter(kind))
        return self._member(node, kind, key) or next(iter(kind))

    # -- many values

    def texts(self, key: str, *, required: bool = False, pattern: str = "", shape: str = "") -> tuple[str, ...]:
        """A list of texts; with `pattern` each must match whole, and `shape` says how it should look."""
        nodes = self.scalars(key, required)
        for node in nodes:
            if pattern and not re.fullmatch(pattern, node.text):
                text = gettext_noop("应形如 %(shape)s")
                where = self.place(key)[1]
                self.reading.fault(node.mark, where, "shape", text, found=shown(node), shape=shape or pattern)
        return tuple(node.text.strip() for node in nodes)

    def rising(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """A list of whole numbers of [low, high], at least one, each greater than the one before."""
        nodes = self.scalars(key, required=True)
        found = [int(node.text) for node in nodes if _WHOLE.fullmatch(node.text) and low <= int(node.text) <= high]
        if self.has(key) and (not found or len(found) < len(nodes) or any(a >= b for a, b in pairwise(found))):
            self.wrong(key, "rising", gettext_noop("应为由小到大的 %(low)s 至 %(high)s 的整数"), low=low, high=high)
            return ()
        return tuple(found)

    def free_texts(self) -> tuple[tuple[str, str], ...]:
        """Every key of this table with its text: for tables whose keys the writer chooses."""
        return tuple((key.text, self.text(key.text)) for key, _ in self.table.pairs)

    def some_of(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """A list of members, at least one, none twice."""
        nodes = self.scalars(key, required=True)
        members = [member for node in nodes if (member := self._member(node, kind, key))]
        if len(set(members)) < len(members):
            self.wrong(key, "twice", gettext_noop("列表中的值不得重复"))
        return tuple(members)

    def numbers_by(self, key: str, kind: type[E], low: int, high: int) -> Mapping[E, int]:
        """A table from members to whole numbers."""

        def read(inner: Fields) -> Mapping[E, int]:
            return {member: inner.integer(member.value, low, high) for member in kind if inner.has(member.value)}

        return self.one(key, read, {})

    def each(self, key: str, read: Callable[[Fields], T], *, required: bool = True) -> tuple[T, ...]:
        """A list of tables, each read by `read` and then closed."""
        node = self._take(key, required)
        if node is None:
            return ()
        if not isinstance(node, Items):
            self.wrong(key, "list", gettext_noop("应为列表"))
            return ()
        if required and not node.nodes:
            self.wrong(key, "empty", gettext_noop("列表至少应有一项"), found="")
        children = [self._child(key, index, item) for index, item in enumerate(node.nodes)]
        return tuple(read_closed(child, read) for child in children if child is not None)

    def one(self, key: str, read: Callable[[Fields], T], default: T) -> T:
        """A table under a key, read by `read` and then closed; `default` when it is not one."""
        node = self._take(key, required=True)
        if node is None:
            return default
        if not isinstance(node, Table):
            self.wrong(key, "table", gettext_noop("应为键值表"))
            return default
        return read_closed(Fields(node, self.reading, f"{self.where}.{key}".lstrip(".")), read)

    # -- what most tables have

    def interval(self) -> Interval:
        """valid_from and valid_to (the day after the last), as a half-open interval."""
        start, end = self.day("valid_from"), self.day_or_none("valid_to")
        if end is not None and end <= start:
            self.wrong("valid_to", "order", gettext_noop("应晚于 valid_from（%(start)s）"), start=start.isoformat())
            end = None
        return Interval(start, end)

    def reference(self, key: str, kind: str) -> str:
        """The name of something declared elsewhere in the policy."""
        name = self.text(key)
        if name:
            self.reading.use(kind, name, *self.place(key))
        return name

    def references(self, key: str, kind: str) -> tuple[str, ...]:
        """Several of them."""
        for node in self.scalars(key, required=False):
            self.reading.use(kind, node.text, node.mark, self.place(key)[1])
        return self.texts(key)

    def unique(self, key: str, scope: Fields) -> str:
        """A code that may stand only once inside `scope`."""
        name = self.text(key)
        self.reading.declare(str(scope.mark), name, *self.place(key))
        return name

    def clause(self) -> str:
        """The clause that a value rests on."""
        return self.reference("clause", CLAUSE)

    def make(self, build: Callable[[], T]) -> T | None:
        """Build a value whose own checks raise ValueError; the error becomes a fault unless one is noted already."""
        try:
            return build()
        except ValueError as error:
            if len(self.reading.faults) == self._faults_before:
                self.reading.fault(self.mark, self.where, "value", gettext_noop("%(problem)s"), problem=str(error))
            return None

    def close(self) -> None:
        """Note the keys that nobody read, keys written twice, and take over office_sets."""
        seen: set[str] = set()
        for key, _ in self.table.pairs:
            where = f"{self.where}.{key.text}".lstrip(".")
            if key.text in seen:
                self.reading.fault(key.mark, where, "key_twice", gettext_noop("同一个键只能写一次"))
            elif key.text not in self._read:
                known = "、".join(sorted(self._read - {OFFICE_SETS}))
                text = gettext_noop("应为这些键之一：%(known)s")
                self.reading.fault(key.mark, where, "key_unknown", text, known=known)
            seen.add(key.text)
        for name in self.texts(OFFICE_SETS):
            if name not in seen:
                self.wrong(OFFICE_SETS, "office_sets", gettext_noop("应为同一表中已写的键"), found=f"“{name}”")
            self.reading.office_sets.add(f"{self.where}.{name}".lstrip("."))

    # -- within

    def _take(self, key: str, required: bool) -> Node | None:
        if self.has(key):
            return self.table.get(key)
        if required:
            self.wrong(key, "missing", gettext_noop("此键必填"), found="")
        return None

    def _scalar(self, key: str, required: bool) -> Scalar | None:
        node = self._take(key, required)
        if node is None or isinstance(node, Scalar):
            return node
        self.wrong(key, "scalar", gettext_noop("应为单个值"))
        return None

    def scalars(self, key: str, required: bool = False) -> list[Scalar]:
        """The nodes of a list of single values, for faults about one of them."""
        node = self._take(key, required)
        if node is None:
            return []
        if not isinstance(node, Items) or not all(isinstance(item, Scalar) for item in node.nodes):
            self.wrong(key, "values", gettext_noop("应为值的列表，形如 [甲, 乙]"))
            return []
        return [item for item in node.nodes if isinstance(item, Scalar)]

    def _day(self, key: str, text: str) -> date | None:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = PLACEHOLDER_DAY
        if day.isoformat() == text:
            return day
        self.wrong(key, "day", gettext_noop("应为日期，形如 2020-03-05"))
        return None

    def _member(self, node: Scalar, kind: type[E], key: str) -> E | None:
        try:
            return kind(node.text)
        except ValueError:
            choices = "、".join(member.value for member in kind)
            where = self.place(key)[1]
            text = gettext_noop("应为这些值之一：%(choices)s")
            self.reading.fault(node.mark, where, "choice", text, found=shown(node), choices=choices)
            return None

    def _child(self, key: str, index: int, item: Node) -> Fields | None:
        code = item.get("code") if isinstance(item, Table) else None
        label = code.text if isinstance(code, Scalar) and code.text else str(index + 1)
        where = f"{self.where}.{key}[{label}]".lstrip(".")
        if not isinstance(item, Table):
            self.reading.fault(item.mark, where, "table", gettext_noop("应为键值表"), found=shown(item))
            return None
        return Fields(item, self.reading, where)


def read_closed(fields: Fields, read: Callable[[Fields], T]) -> T:
    """Read a table and close it."""
    value = read(fields)
    fields.close()
    return value
