"""Enterprises of a demonstration: invented names and numbers in real villages, facts that grade as in life."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from anwang.domain.base import Grade, Level
from anwang.domain.grid.codes import ancestors
from anwang.domain.grid.tree import Tree, Unit
from anwang.domain.roster.codes import make_credit_code

from .chance import Phones, chance, marked_name
from .sizes import Size
from .words import MILD, ROADS, TRADES, Trade

GRADES = {Grade.MAJOR: 5, Grade.LARGER: 17, Grade.GENERAL: 45, Grade.LOW: 33}
#: The worse grades are commoner where something can burn, burst or poison.
DANGEROUS = {Grade.MAJOR: 16, Grade.LARGER: 34, Grade.GENERAL: 36, Grade.LOW: 14}
SEVERE = frozenset(("中毒", "爆炸", "火灾"))


@dataclass(frozen=True, slots=True)
class Firm:
    """One enterprise as a row of a county's roster states it; `grade` is what its facts come to by 附件6."""

    name: str
    credit_code: str
    county: str
    township: str
    village: str
    address: str
    gbt_code: str
    headcount: int
    principal: str
    principal_phone: str
    safety_officer: str
    safety_phone: str
    managing: str
    grade: Grade
    facts: dict[str, object]
    opened: date
    status: str = "正常经营"
    closed: date | None = None


def firms(tree: Tree, size: Size, seed: int, day: date, phones: Phones) -> Iterator[Firm]:
    """The enterprises of a size: one of low risk in every village first, the others where chance sets them."""
    villages = [unit for unit in tree.at(Level.VILLAGE) if _inside(unit, size)]
    dice = chance(seed, "sites")
    weights = [dice.paretovariate(1.3) for _ in villages]
    others = dice.choices(villages, weights, k=max(size.enterprises - len(villages), 0))
    numbers: dict[int, int] = {}
    for number, village in enumerate([*villages[: size.enterprises], *others]):
        county = village.code // 10**6
        numbers[county] = numbers.get(county, 0) + 1
        first = number < len(villages)
        yield _firm(tree, village, numbers[county], chance(seed, "firm", number), size, day, phones, first)


def _inside(village: Unit, size: Size) -> bool:
    return not size.units or any(code in size.units for code in ancestors(village.code))


def _firm(
    tree: Tree, village: Unit, number: int, dice: random.Random, size: Size, day: date, phones: Phones, first: bool
) -> Firm:
    trades = MILD if first else TRADES
    trade = dice.choices(trades, [each.share for each in trades])[0]
    dangerous = bool(SEVERE & set(trade.hazards)) and trade.industry in {"chemical", "hazardous", "metallurgy"}
    table = DANGEROUS if dangerous else GRADES
    grade = Grade.LOW if first else dice.choices(list(table), list(table.values()))[0]
    heads = max(3, round(dice.lognormvariate(0, 0.6) * trade.heads))
    county, township = _names(tree, village)
    place = f"{county}{township}{_short(village.name)}"
    doubtful = not first and dice.random() < size.doubtful
    return Firm(
        name=f"临沂示例{_short(county)}第{number:03d}{dice.choice(trade.words)}有限公司",
        credit_code=make_credit_code(_organisation(village.code // 10**6, number), f"{village.code // 10**6}"),
        county="" if doubtful else county,
        township="" if doubtful else township,
        village="" if doubtful else village.name,
        address=f"临沂市{place}{dice.choice(ROADS)}{dice.randint(1, 399)}号",
        gbt_code=trade.gbt,
        headcount=heads,
        principal=marked_name(dice),
        principal_phone=phones.take(),
        safety_officer=marked_name(dice),
        safety_phone=phones.take(),
        managing="属地" if first else _managing(grade, heads, dice),
        grade=grade,
        facts=_facts(grade, trade, heads, dice),
        opened=day - timedelta(days=dice.randint(120, 9000)),
        status="停产停业" if not first and dice.random() < 0.012 else "正常经营",
    )


def _names(tree: Tree, village: Unit) -> tuple[str, str]:
    """(county, township) of a village."""
    units = [tree.units[code] for code in ancestors(village.code) if code in tree]
    found = {unit.level: unit.name for unit in units}
    return found[Level.COUNTY], found[Level.TOWNSHIP]


def _short(name: str) -> str:
    """兰山 for 兰山区, 前园社区 for 前园社区居民委员会."""
    for tail in ("居民委员会", "村民委员会", "村委会", "居委会"):
        if name.endswith(tail) and len(name) > len(tail) + 1:
            name = name.removesuffix(tail)
            return name if name.endswith(("村", "社区", "居")) else f"{name}村"
    if name == "临沂高新技术产业开发区":
        return "高新"
    return name[:-1] if name[-1] in "区县" and len(name) > 2 else name


def _organisation(county: int, number: int) -> str:
    """Eight characters of an organisation code. Real ones are digits or begin MA; DM marks the demonstration."""
    return f"DM{county % 100:02d}{number:04d}"


def _managing(grade: Grade, heads: int, dice: random.Random) -> str:
    weight = {Grade.MAJOR: 3.0, Grade.LARGER: 1.6}.get(grade, 0.7) * (2.0 if heads > 150 else 1.0)
    share = dice.random() / weight
    return "市管" if share < 0.01 else "县区管" if share < 0.08 else "属地"


def _facts(grade: Grade, trade: Trade, heads: int, dice: random.Random) -> dict[str, object]:
    """Columns of the roster that come to the grade by 附件6."""
    severe = bool(SEVERE & set(trade.hazards))
    facts: dict[str, object] = {"hazard_kinds": "、".join(trade.hazards), "major_hazard": "否"}
    if grade is Grade.LOW:
        return facts | {"evaluated": "低风险", "persons": dice.randint(1, 2)}
    if grade is Grade.GENERAL:
        return facts | {"persons": dice.randint(1, 2) if severe else dice.randint(2, max(3, heads // 4))}
    if grade is Grade.MAJOR and dice.random() < trade.source:
        return facts | {"major_hazard": "是", "persons": dice.randint(3, 20)}
    if severe and dice.random() < 0.75:
        low, high = (10, max(12, heads // 2)) if grade is Grade.MAJOR else (3, 9)
        return facts | {"persons": dice.randint(low, high)}
    return facts | _accidents(grade, dice)


def _accidents(grade: Grade, dice: random.Random) -> dict[str, object]:
    if grade is Grade.LARGER:
        return _pick(
            dice, {"minor_accidents": dice.randint(1, 2), "condition_persists": "是"}, {"evaluated": "较大风险"}
        )
    return _pick(
        dice,
        {"minor_accidents": dice.randint(3, 5), "condition_persists": "是"},
        {"severe_accidents": 1, "condition_persists": "是"},
        {"evaluated": "重大风险"},
    )


def _pick(dice: random.Random, *options: dict[str, object]) -> dict[str, object]:
    return dice.choice(options)


#: Fields of the roster's sheet that a demonstration fills, in the order of its columns.
COLUMNS = (
    *("name", "credit_code", "county", "township", "village", "address", "gbt_code", "headcount"),
    *("principal", "principal_phone", "safety_officer", "safety_phone", "major_hazard", "managing"),
    *("severe_accidents", "minor_accidents", "condition_persists", "hazard_kinds", "persons", "evaluated"),
    *("status", "opened", "closed"),
)


def row(firm: Firm) -> list[object]:
    """A firm as a row of these columns."""
    return [firm.facts.get(name, getattr(firm, name, None)) or None for name in COLUMNS]
