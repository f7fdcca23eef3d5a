"""What a re-gridding will do, in words, before anything moves (通知 三.1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from anwang.domain.base import Level, Reason, gettext_noop
from anwang.domain.grid.regrid import Change, Move, RegridPlan
from anwang.domain.grid.tree import Tree, Unit


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One unit that moves: from where to where (12-digit codes, paths of names), and the evidence as a sentence."""

    change: Change
    level: Level
    old_code: int | None
    old_name: str
    new_code: int | None
    new_name: str
    evidence: Reason
    cosmetic: bool = False
    candidates: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """Every line that is not KEPT, and counts by level and change (the kept and the cosmetic included)."""

    lines: tuple[PreviewLine, ...]
    counts: dict[Level, dict[Change, int]]
    cosmetic: int

    @property
    def needs_decision(self) -> int:
        """How many old units have no successor yet."""
        return sum(line.change is Change.UNDECIDED for line in self.lines)

    def worth_reading(self) -> list[PreviewLine]:
        """The lines without mere changes of wording: dissolved, recoded and renamed units, the undecided, the new."""
        return [line for line in self.lines if not (line.cosmetic and line.change is Change.RENAMED)]


def preview(plan: RegridPlan, old: Tree, new: Tree) -> Preview:
    """Put a plan into words; `old` and `new` are the trees it was made from."""
    counts: dict[Level, Counter[Change]] = {}
    for move in plan.moves:
        counts.setdefault(move.level, Counter())[move.change] += 1
    lines = tuple(_line(move, old, new) for move in plan.moves if move.change is not Change.KEPT)
    wording = sum(move.cosmetic for move in plan.of(Change.RENAMED))
    return Preview(lines, {level: dict(count) for level, count in counts.items()}, wording)


def _line(move: Move, old: Tree, new: Tree) -> PreviewLine:
    return PreviewLine(
        move.change,
        move.level,
        *_side(move.old, old),
        *_side(move.new, new),
        _evidence(move),
        move.cosmetic,
        tuple((code, new.path_name(code)) for code in move.candidates),
    )


def _side(unit: Unit | None, tree: Tree) -> tuple[int | None, str]:
    return (unit.code, tree.path_name(unit.code)) if unit else (None, "")


def _evidence(move: Move) -> Reason:
    evidence = move.evidence
    if move.change is Change.NEW:
        return Reason("regrid_new", gettext_noop("原网格中没有对应单位。"))
    if move.change is Change.UNDECIDED:
        return Reason("regrid_undecided", gettext_noop("新网格中没有找到接续单位，请指定。"))
    if evidence.decided:
        return Reason("regrid_decided", gettext_noop("由人工指定。"))
    if move.change is Change.RENAMED:
        return Reason("regrid_same_code", gettext_noop("编码不变，名称改变。"))
    params = {"matched": evidence.matched, "total": evidence.total}
    if move.level is Level.COUNTY:
        return Reason("regrid_townships", gettext_noop("所辖 %(total)s 个乡镇中有 %(matched)s 个归入。"), params)
    if move.level is Level.TOWNSHIP and evidence.by_name:
        text = gettext_noop("名称相同，所辖 %(total)s 个村居中有 %(matched)s 个同名。")
        return Reason("regrid_name_villages", text, params)
    if move.level is Level.TOWNSHIP:
        return Reason("regrid_villages", gettext_noop("所辖 %(total)s 个村居中有 %(matched)s 个同名。"), params)
    return Reason("regrid_same_name", gettext_noop("在接续的乡镇中名称相同或相近。"))
