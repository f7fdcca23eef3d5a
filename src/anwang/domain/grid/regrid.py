"""From one year's grid to the next: what is kept, renamed, recoded, dissolved, new, or needs a decision (通知 三.1).

Every code of the old tree is either mapped to one code of the new tree or named as undecided: nothing is lost.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from anwang.domain.base import Level, Refusal, gettext_noop
from anwang.domain.grid import codes, names
from anwang.domain.grid.names import Succession
from anwang.domain.grid.tree import Tree, Unit

_Step = Callable[[list[Unit], Mapping[int, Unit]], list[tuple[Unit, Unit | None]]]


class Change(StrEnum):
    """What became of an old unit."""

    KEPT = "kept"
    RENAMED = "renamed"
    RECODED = "recoded"
    DISSOLVED = "dissolved"
    UNDECIDED = "undecided"
    NEW = "new"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Change.KEPT: gettext_noop("不变"),
    Change.RENAMED: gettext_noop("更名"),
    Change.RECODED: gettext_noop("换码"),
    Change.DISSOLVED: gettext_noop("撤销并入"),
    Change.UNDECIDED: gettext_noop("待定"),
    Change.NEW: gettext_noop("新增"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """`matched` of `total` units below were found again under the successor; `by_name`: the name agrees too."""

    matched: int = 0
    total: int = 0
    by_name: bool = False
    decided: bool = False

    @property
    def share(self) -> float:
        return self.matched / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Move:
    """One unit's way. `old` is None for a new unit, `new` None while undecided.

    `cosmetic` marks a change of wording only (村委会 → 村村民委员会). `candidates` are codes of the new tree.
    """

    change: Change
    level: Level
    old: Unit | None
    new: Unit | None
    evidence: Evidence = field(default_factory=Evidence)
    cosmetic: bool = False
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RegridPlan:
    """The moves in the order of levels and codes, and the map old code → new code of all that is decided."""

    moves: tuple[Move, ...]
    mapping: dict[int, int]

    def of(self, change: Change, level: Level | None = None) -> list[Move]:
        """The moves of one kind, at one level or at all."""
        return [m for m in self.moves if m.change is change and (level is None or m.level is level)]

    @property
    def undecided(self) -> list[Move]:
        return self.of(Change.UNDECIDED)

    @property
    def is_empty(self) -> bool:
        """True when both trees say the same."""
        return all(move.change is Change.KEPT for move in self.moves)


def diff(old: Tree, new: Tree, decisions: Mapping[int, int] | None = None) -> RegridPlan:
    """Compare two trees. `decisions` (old code → new code) settle units by hand and come first.

    Refuses `regrid_decision` for a decision whose codes are in neither tree or of different levels (a village may go
    to a township when no village follows it).
    """
    return _Differ(old, new, dict(decisions or {})).plan()


def successions(plan: RegridPlan) -> tuple[Succession, ...]:
    """What `PlaceFinder` needs to read old names and codes: every move but the kept and the cosmetic."""
    return tuple(
        Succession(m.old.code, m.old.name, m.new.code)
        for m in plan.moves
        if m.old and m.new and m.change is not Change.KEPT and not (m.change is Change.RENAMED and m.cosmetic)
    )


class _Differ:
    """Works downward: counties by their townships, townships by name and villages, villages inside the successor."""

    def __init__(self, old: Tree, new: Tree, decisions: dict[int, int]) -> None:
        self.old, self.new, self.decisions = old, new, decisions
        self.mapping: dict[int, int] = {}
        self.moves: list[Move] = []
        self.taken: set[int] = set()
        self._check_decisions()

    def plan(self) -> RegridPlan:
        self._villages_of = _cores_by_township(self.new)
        towns = {unit.code: self._town_target(unit) for unit in self.old.at(Level.TOWNSHIP)}
        for unit in self.old.at(Level.CITY):
            self._settle(unit, self.new.get(unit.code), Evidence(by_name=True))
        for unit in self.old.at(Level.COUNTY):
            self._settle(unit, *self._county_target(unit, towns))
        for unit in self.old.at(Level.TOWNSHIP):
            self._settle(unit, *towns[unit.code])
        for town in self.old.at(Level.TOWNSHIP):
            self._villages(town, self.new.get(self.mapping.get(town.code, -1)))
        self._new_units()
        order = {level: number for number, level in enumerate(Level)}
        ordered = sorted(self.moves, key=lambda m: (order[m.level], (m.old or m.new or _NOBODY).code))
        return RegridPlan(tuple(ordered), self.mapping)

    def _check_decisions(self) -> None:
        for source, target in self.decisions.items():
            one, other = self.old.get(source), self.new.get(target)
            if one is None or other is None or one.level.rank - other.level.rank not in (0, 1):
                raise Refusal(
                    "regrid_decision",
                    gettext_noop("不能把 %(old)s 归入 %(new)s：编码不存在或层级不合。"),
                    old=source,
                    new=target,
                )

    def _decided(self, unit: Unit) -> Unit | None:
        return self.new.get(self.decisions.get(unit.code, -1))

    def _town_target(self, town: Unit) -> tuple[Unit | None, Evidence]:
        """By decision, by code, else among the new townships: one that bears the same name or got the villages.

        The same name counts when no other new township bears it; without it at least one village in three is needed.
        """
        if decided := self._decided(town):
            return decided, Evidence(decided=True)
        villages = [names.village_core(v.name) for v in self.old.under(town.code)]
        same = self.new.get(town.code)
        if same is not None:
            return same, self._overlap(villages, same, town)
        fresh = [unit for unit in self.new.at(Level.TOWNSHIP) if unit.code not in self.old]
        scored = [(self._overlap(villages, unit, town), unit) for unit in fresh]
        namesakes = sum(evidence.by_name for evidence, _ in scored)
        likely = [(e.by_name, e.share, u.code) for e, u in scored if e.share >= 1 / 3 or (e.by_name and namesakes == 1)]
        if not likely:
            return None, Evidence(0, len(villages))
        best = max(likely)[2]
        return next((unit, evidence) for evidence, unit in scored if unit.code == best)

    def _overlap(self, villages: list[str], target: Unit, town: Unit) -> Evidence:
        there = self._villages_of.get(target.code, Counter())
        matched = sum(min(count, there[core]) for core, count in Counter(villages).items())
        return Evidence(matched, len(villages), names.town_stem(town.name) == names.town_stem(target.name))

    def _county_target(
        self, county: Unit, towns: Mapping[int, tuple[Unit | None, Evidence]]
    ) -> tuple[Unit | None, Evidence]:
        """A county no longer there is followed by the one that got most of its townships."""
        if decided := self._decided(county):
            return decided, Evidence(decided=True)
        if same := self.new.get(county.code):
            return same, Evidence(by_name=same.name == county.name)
        targets = [towns[t.code][0] for t in self.old.under(county.code)]
        heirs = Counter(codes.county_of(t.code) for t in targets if t is not None)
        if not heirs:
            return None, Evidence(0, len(targets))
        heir, matched = heirs.most_common(1)[0]
        return self.new.get(heir or 0), Evidence(matched, len(targets))

    def _settle(self, unit: Unit, target: Unit | None, evidence: Evidence, candidates: Iterable[int] = ()) -> None:
        if target is None:
            self.moves.append(Move(Change.UNDECIDED, unit.level, unit, None, evidence, False, tuple(candidates)))
            return
        self.mapping[unit.code] = target.code
        self.taken.add(target.code)
        self.moves.append(Move(_kind(unit, target), unit.level, unit, target, evidence, _cosmetic(unit, target)))

    def _villages(self, town: Unit, target: Unit | None) -> None:
        """Villages of an old township inside its successor: decisions, same code and words, then names, then codes."""
        waiting = list(self.old.under(town.code))
        pool = {unit.code: unit for unit in self.new.under(target.code)} if target else {}
        for step in (self._by_decision, self._by_code_and_name, *map(self._by_form, _FORMS), self._by_code):
            hits = {unit.code: hit for unit, hit in step(waiting, pool) if hit is not None}
            for unit in waiting:
                if hit := hits.get(unit.code):
                    pool.pop(hit.code, None)
                    decided = unit.code in self.decisions
                    by_name = not decided and names.same_words(Level.VILLAGE, unit.name, hit.name)
                    self._settle(unit, hit, Evidence(by_name=by_name, decided=decided))
            waiting = [unit for unit in waiting if unit.code not in hits]
        for unit in waiting:
            self._settle(unit, None, Evidence(), self._candidates(unit, target))

    def _by_decision(self, waiting: list[Unit], _pool: Mapping[int, Unit]) -> list[tuple[Unit, Unit | None]]:
        return [(unit, self._decided(unit)) for unit in waiting]

    @staticmethod
    def _by_code_and_name(waiting: list[Unit], pool: Mapping[int, Unit]) -> list[tuple[Unit, Unit | None]]:
        found = [(unit, pool.get(unit.code)) for unit in waiting]
        return [(u, hit) for u, hit in found if hit and names.same_words(Level.VILLAGE, u.name, hit.name)]

    @staticmethod
    def _by_form(form: names.Form) -> _Step:
        """Pairs whose form occurs once on both sides."""

        def step(waiting: list[Unit], pool: Mapping[int, Unit]) -> list[tuple[Unit, Unit | None]]:
            there = defaultdict(list)
            for unit in pool.values():
                there[form(unit.name)].append(unit)
            here = Counter(form(unit.name) for unit in waiting)
            single = [(unit, there.get(form(unit.name), [])) for unit in waiting if here[form(unit.name)] == 1]
            return [(unit, hits[0]) for unit, hits in single if len(hits) == 1]

        return step

    @staticmethod
    def _by_code(waiting: list[Unit], pool: Mapping[int, Unit]) -> list[tuple[Unit, Unit | None]]:
        return [(unit, pool.get(unit.code)) for unit in waiting]

    def _candidates(self, unit: Unit, target: Unit | None) -> tuple[int, ...]:
        """Villages of the same name elsewhere in the county, then those of the township that share two characters."""
        if target is None:
            return ()
        stem = names.village_stem(unit.name)
        county = self.new.subtree(codes.county_of(target.code) or 0)
        same = [u.code for u in county if u.level is Level.VILLAGE and names.village_stem(u.name) == stem]
        pairs = {stem[i : i + 2] for i in range(len(stem) - 1)}
        near = [u.code for u in self.new.under(target.code) if any(pair in u.name for pair in pairs)]
        return tuple(dict.fromkeys([*same, *near]))[:6]

    def _new_units(self) -> None:
        for unit in self.new:
            if unit.code not in self.taken:
                self.moves.append(Move(Change.NEW, unit.level, None, unit))


_FORMS: tuple[names.Form, ...] = (names.village_form, names.village_stem, names.village_root, names.village_core)
_NOBODY = Unit(0, Level.CITY, "", None)


def _cores_by_township(tree: Tree) -> dict[int, Counter[str]]:
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for village in tree.at(Level.VILLAGE):
        found[village.parent or 0][names.village_core(village.name)] += 1
    return dict(found)


def _kind(old: Unit, new: Unit) -> Change:
    if old.code == new.code:
        return Change.KEPT if old.name == new.name else Change.RENAMED
    same_level = old.level is new.level
    alike = same_level and (old.level is Level.VILLAGE or names.town_stem(old.name) == names.town_stem(new.name))
    return Change.RECODED if alike else Change.DISSOLVED


def _cosmetic(old: Unit, new: Unit) -> bool:
    return old.level is new.level and names.same_words(old.level, old.name, new.name)
