"""Officials of a demonstration (二.2, 三.1): bureaus, townships, villages, leaders, sponsors. All are invented."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from anwang.domain.base import Level
from anwang.domain.grid.codes import ancestors
from anwang.domain.grid.tree import Tree, Unit

from .chance import Phones, chance, marked_name
from .sizes import CITY, Size

CITY_SECTIONS = (
    ("调查评估科", ""),
    ("办公室", ""),
    ("政策法规科", ""),
    ("应急指挥中心", ""),
    ("危险化学品安全监督管理科", "化工、危险化学品、医药"),
    ("非煤矿山安全监督管理科", "非煤矿山"),
    ("工贸安全监督管理科", "冶金、有色、建材、机械"),
    ("安全生产综合协调科", "商贸、轻工"),
    ("烟花爆竹安全监督管理科", "烟花爆竹"),
    ("应急预案和演练科", ""),
    ("火灾防治管理科", "商贸"),
    ("规划财务科", ""),
    ("科技和信息化科", ""),
    ("安全生产执法支队", "机械、轻工、纺织"),
)
COUNTY_SECTIONS = (
    ("综合协调股", ""),
    ("办公室", ""),
    ("危险化学品监管股", "化工、危险化学品、医药、烟花爆竹"),
    ("工贸监管股", "建材、机械、冶金、有色"),
    ("基础股", "轻工、纺织、商贸"),
    ("矿山监管股", "非煤矿山"),
    ("应急救援股", ""),
    ("执法大队", "轻工、机械、商贸"),
)
TOWNSHIP_LEADERS = (
    "党委副书记、镇长",
    "党委书记",
    "党委副书记",
    "人大主席",
    "常务副镇长",
    "副镇长",
    "组织委员",
    "宣传委员",
    "副镇长",
    "武装部长",
)
STREET_LEADERS = (
    "党工委副书记、办事处主任",
    "党工委书记",
    "党工委副书记",
    "人大工委主任",
    "常务副主任",
    "办事处副主任",
    "组织委员",
    "宣传委员",
    "办事处副主任",
    "武装部长",
)
SAFETY_TITLES = ("应急管理办公室主任", "应急管理办公室副主任", "安全生产监督员")
OFFICE, COUNTY_OFFICE = "调查评估科", "综合协调股"
DEPARTMENTS = ("临沂市工业和信息化局", "临沂市消防救援支队")
People = Iterator[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Official:
    """One post of a person, as a row of the people's sheet. `rank` is that of the city's leading group (附件1)."""

    name: str
    phone: str
    kind: str
    unit: int
    organisation: str
    title: str
    leads: bool = False
    rank: int = 0
    sponsors: tuple[int, ...] = ()
    is_office: bool = False
    is_supervisor: bool = True
    expertise: str = ""


def officials(tree: Tree, size: Size, seed: int, phones: Phones) -> Iterator[Official]:
    """Everybody of a size, from the city down."""
    villages = [u for u in tree.at(Level.VILLAGE) if not size.units or any(c in size.units for c in ancestors(u.code))]
    townships = [tree.units[code] for code in sorted({_above(tree, unit, Level.TOWNSHIP) for unit in villages})]
    counties = [tree.units[code] for code in sorted({_above(tree, unit, Level.COUNTY) for unit in townships})]
    yield from _bureau(size, counties, _people(seed, "city", phones))
    for county in counties:
        mine = [unit for unit in townships if unit.code // 10**6 == county.code // 10**6]
        yield from _county(size, county, mine, _people(seed, county.code, phones))
    for township in townships:
        mine = [unit for unit in villages if unit.code // 10**3 == township.code // 10**3]
        dice = chance(seed, "villages", township.code)
        yield from _township(size, township, mine, _people(seed, township.code, phones), dice)


def _above(tree: Tree, unit: Unit, level: Level) -> int:
    return next(code for code in ancestors(unit.code) if code in tree and tree.units[code].level is level)


def _people(seed: int, unit: object, phones: Phones) -> People:
    """Endless people of one unit, each with a name and a number."""
    dice = chance(seed, "officials", unit)
    while True:
        yield {"name": marked_name(dice), "phone": phones.take()}


def _shares(units: list[Unit], people: int) -> list[tuple[int, ...]]:
    """Units dealt out to people, as evenly as they go."""
    return [tuple(unit.code for unit in units[at::people]) for at in range(people)]


def _head(section: str) -> str:
    """调查评估科科长, 综合协调股股长, 执法大队负责人."""
    return f"{section}{section[-1]}长" if section[-1] in "科股" else f"{section}负责人"


def _bureau(size: Size, counties: list[Unit], who: People) -> Iterator[Official]:
    organisation = "临沂市应急管理局"
    deputies, heads = min(9, size.bureau // 3), min(13, size.bureau // 3)
    shares = _shares(counties, max(deputies, 1))
    base = Official("", "", "bureau", CITY, organisation, "")
    yield replace(base, **next(who), title="局长", leads=True, rank=1)
    for at in range(deputies):
        title = "副局长" if at < 5 else "二级调研员"
        yield replace(base, **next(who), title=title, leads=True, rank=2, sponsors=shares[at])
    for at in range(size.bureau - 1 - deputies):
        section, skills = CITY_SECTIONS[at % len(CITY_SECTIONS)]
        head = at < len(CITY_SECTIONS)
        yield replace(
            base, **next(who), organisation=f"{organisation}{section}", title=_head(section) if head else "科员",
            leads=at < heads, rank=3 if at < heads else 0, is_office=section == OFFICE, expertise=skills,
        )  # fmt: skip
    for office in DEPARTMENTS:
        yield Official(
            **next(who), kind="department", unit=CITY, organisation=office, title="科长", is_supervisor=False
        )


def _county(size: Size, county: Unit, townships: list[Unit], who: People) -> Iterator[Official]:
    organisation = f"{county.name}应急管理局"
    deputies = min(5, max(1, size.county_bureau // 6))
    shares = _shares(townships, deputies)
    base = Official("", "", "county_bureau", county.code, organisation, "")
    yield replace(base, **next(who), title="局长", leads=True)
    for at in range(deputies):
        yield replace(base, **next(who), title="副局长", sponsors=shares[at])
    for at in range(size.county_bureau - 1 - deputies):
        section, skills = COUNTY_SECTIONS[at % len(COUNTY_SECTIONS)]
        title = _head(section) if at < len(COUNTY_SECTIONS) else "科员"
        yield replace(
            base, **next(who), organisation=f"{organisation}{section}", title=title, expertise=skills,
            is_office=section == COUNTY_OFFICE,
        )  # fmt: skip


def _township(size: Size, unit: Unit, villages: list[Unit], who: People, dice: random.Random) -> Iterator[Official]:
    street = not unit.name.endswith(("镇", "乡"))
    titles = (STREET_LEADERS if street else TOWNSHIP_LEADERS)[: size.township // 2]
    shares = _shares(villages, max(len(titles) - 1, 1))
    seat = f"{unit.name}{'办事处' if street else '人民政府'}"
    for at, title in enumerate(titles):
        backed = shares[at - 1] if at else ()
        yield Official(**next(who), kind="township_leader", unit=unit.code, organisation=seat, title=title,
                       leads=not at, sponsors=backed)  # fmt: skip
    for at in range(size.township - len(titles)):
        title = SAFETY_TITLES[min(at, len(SAFETY_TITLES) - 1)]
        safety = Official(**next(who), kind="township_safety", unit=unit.code, title=title, is_office=not at,
                          organisation=f"{unit.name}应急管理办公室")  # fmt: skip
        yield safety
        if at == len(SAFETY_TITLES) - 1 and villages:  # some hold a second post, so that there is something to switch
            yield replace(safety, kind="village_deputy", unit=villages[0].code, organisation=villages[0].name,
                          title="驻村安全专员")  # fmt: skip
    for village in villages:
        yield from _village(size, village, who, dice)


def _village(size: Size, village: Unit, who: People, dice: random.Random) -> Iterator[Official]:
    base = Official("", "", "village_principal", village.code, village.name, "党支部书记、主任", leads=True)
    yield replace(base, **next(who))
    whole = int(size.deputies)
    for at in range(whole + (dice.random() < size.deputies - whole)):
        title = "安全网格员" if at else "分管安全副主任"
        yield replace(base, **next(who), kind="village_deputy", title=title, leads=False)
