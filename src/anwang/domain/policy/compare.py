"""What one policy says otherwise than another, value by value, also where one of them could not be put in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from anwang.domain.policy.nodes import Items, Node, Scalar, Table


class Change(NamedTuple):
    """A value (visits[1].per_day) that was written otherwise; None: not written."""

    where: str
    old: str | None
    new: str | None


def changes(old: Iterable[Table], new: Iterable[Table], *, leaving_out: frozenset[str] = frozenset()) -> list[Change]:
    """The values that differ between two policies, in the order of the newer one; what is gone stands last."""
    before, after = (dict(_flat(tables, leaving_out)) for tables in (old, new))
    found = [Change(where, before.get(where), value) for where, value in after.items()]
    found += [Change(where, value, None) for where, value in before.items() if where not in after]
    return [change for change in found if change.old != change.new]


def _flat(tables: Iterable[Table], leaving_out: frozenset[str]) -> Iterator[tuple[str, str]]:
    for table in tables:
        for key, node in table.pairs:
            if key.text not in leaving_out:
                yield from _values(key.text, node)


def _values(where: str, node: Node) -> Iterator[tuple[str, str]]:
    if isinstance(node, Scalar):
        yield where, "" if node.is_empty else node.text.strip()
    elif isinstance(node, Table):
        for key, value in node.pairs:
            yield from _values(f"{where}.{key.text}", value)
    elif all(isinstance(item, Scalar) for item in node.nodes):
        yield where, "、".join(item.text.strip() for item in node.nodes if isinstance(item, Scalar))
    else:
        yield from _entries(where, node)


def _entries(where: str, node: Items) -> Iterator[tuple[str, str]]:
    """The entries of a list by their codes, or by their places; a later version of a code is told by its start."""
    seen: set[str] = set()
    for index, item in enumerate(node.nodes):
        code, start = (_text(item, "code") or str(index + 1)), _text(item, "valid_from")
        label = f"{code} {start}" if code in seen else code
        seen.add(code)
        yield from _values(f"{where}[{label}]", item)


def _text(node: Node, key: str) -> str:
    found = node.get(key) if isinstance(node, Table) else None
    return found.text.strip() if isinstance(found, Scalar) else ""
