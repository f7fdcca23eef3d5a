"""What is wrong in a policy file: where, what was expected, what was found."""

from __future__ import annotations

from dataclasses import dataclass

from anwang.domain.base import Reason
from anwang.domain.policy.nodes import Items, Mark, Node, Scalar


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `where` is the path of the value (duties[N7.2].cadence); `expected` a Chinese sentence with a code."""

    mark: Mark
    where: str
    expected: Reason
    found: str = ""

    def __str__(self) -> str:
        found = f"（实际为 {self.found}）" if self.found else ""
        return f"{self.mark} {self.where}：{self.expected}{found}"


class PolicyError(Exception):
    """A policy that cannot be put in force, with every fault in the order of files and lines."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.mark.file, fault.mark.line, fault.where)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shown(node: Node | None) -> str:
    """How a fault quotes what it found, short enough for one line."""
    if node is None:
        return ""
    if isinstance(node, Scalar):
        return "空" if node.is_empty else f"“{node.text[:40]}”"
    return "列表" if isinstance(node, Items) else "键值表"
