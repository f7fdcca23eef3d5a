"""What is gathered while a policy is read: faults, names declared and used, dated versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from anwang.domain.base import Interval, Reason, gettext_noop
from anwang.domain.policy.faults import Fault
from anwang.domain.policy.nodes import Mark


@dataclass(frozen=True, slots=True)
class _Use:
    kind: str
    name: str
    mark: Mark
    where: str


@dataclass(frozen=True, slots=True)
class _Version:
    interval: Interval
    mark: Mark
    where: str


@dataclass(slots=True)
class Reading:
    """One pass over the files of a policy. Nothing is raised before the end: all faults come together."""

    faults: list[Fault] = field(default_factory=list)
    office_sets: set[str] = field(default_factory=set)
    _declared: dict[tuple[str, str], Mark] = field(default_factory=dict)
    _uses: list[_Use] = field(default_factory=list)
    _versions: dict[tuple[str, str], list[_Version]] = field(default_factory=dict)

    def fault(self, mark: Mark, where: str, code: str, text: str, *, found: str = "", **params: Any) -> None:
        """Note a fault; `text` says what was expected, with %(name)s places."""
        self.faults.append(Fault(mark, where, Reason(f"policy.{code}", text, params), found))

    def declare(self, kind: str, name: str, mark: Mark, where: str) -> None:
        """A name that may be used elsewhere and must be written once."""
        first = self._declared.setdefault((kind, name), mark)
        if first is not mark:
            text = gettext_noop("代码应当唯一，%(name)s 已写在 %(first)s")
            self.fault(mark, where, "repeated", text, name=name, first=str(first))

    def is_declared(self, kind: str, name: str) -> bool:
        """True when a name stands further up."""
        return (kind, name) in self._declared

    def declare_version(self, kind: str, name: str, interval: Interval, mark: Mark, where: str) -> None:
        """A dated version of a name; versions of one name may not overlap."""
        self._declared.setdefault((kind, name), mark)
        self._versions.setdefault((kind, name), []).append(_Version(interval, mark, where))

    def use(self, kind: str, name: str, mark: Mark, where: str) -> None:
        """A name that must have been declared by the end of the reading."""
        self._uses.append(_Use(kind, name, mark, where))

    def finish(self) -> None:
        """Check what only the whole can tell: unknown names and overlapping versions."""
        for use in self._uses:
            if (use.kind, use.name) not in self._declared:
                text = gettext_noop("应为本方案中已有的%(kind)s")
                self.fault(use.mark, use.where, "unknown_name", text, kind=use.kind, found=f"“{use.name}”")
        for (_, name), versions in self._versions.items():
            self._check_versions(name, sorted(versions, key=lambda version: version.interval.start))

    def _check_versions(self, name: str, versions: list[_Version]) -> None:
        for earlier, later in pairwise(versions):
            if earlier.interval.overlaps(later.interval):
                text = gettext_noop("%(name)s 的两个版本日期不得重叠，请给 %(first)s 写上不晚于 %(day)s 的 valid_to")
                day = later.interval.start.isoformat()
                self.fault(later.mark, later.where, "overlap", text, name=name, first=str(earlier.mark), day=day)
