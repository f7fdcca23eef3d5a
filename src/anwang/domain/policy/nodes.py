"""A policy file as a tree of marked nodes: what was written, and on which line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One written value. It stays text until a reader asks for a number, a day or a flag."""

    text: str
    mark: Mark
    quoted: bool = False

    @property
    def is_empty(self) -> bool:
        """True for nothing, ~ and null when not quoted."""
        return not self.quoted and self.text in {"", "~", "null"}


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    nodes: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with their values, in the order written; a key may wrongly occur twice, so this is not a dict."""

    pairs: tuple[tuple[Scalar, Node], ...]
    mark: Mark

    def get(self, key: str) -> Node | None:
        """The first value of a key, or None."""
        return next((node for name, node in self.pairs if name.text == key), None)


Node = Scalar | Items | Table


def canonical(node: Node) -> object:
    """What a node says without where it stands: equal for files that differ in comments and layout only."""
    if isinstance(node, Scalar):
        return None if node.is_empty else node.text.strip()
    if isinstance(node, Items):
        return [canonical(item) for item in node.nodes]
    return sorted((key.text, repr(canonical(value))) for key, value in node.pairs)
