"""Names of units and their variants: 高都街道 = 高都街道办事处, but 高都街道 ≠ 高都镇 until the county says which."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from anwang.domain.base import Level

Form = Callable[[str], str]
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_COMMITTEE = re.compile(r"(?:村民委员会|居民委员会|居民委员|村委会|居委会|居会|委员会)$")
_DOUBLED = re.compile(r"村村+$")
_PLACE_KIND = re.compile(r"(?:社区|村)$")
_TOWN_KIND = re.compile(r"(?:人民政府)?(?:街道办事处|街道办|办事处|街道|镇|乡)(?:人民政府)?$")
_COUNTY_KIND = re.compile(r"(?:县|区|市)$")
_ZONES = (
    ("高新技术产业开发区", ("高新技术产业开发区", "高新技术开发区", "高新区")),
    ("经济技术开发区", ("经济技术开发区", "经济开发区", "经开区")),
    ("经济开发区", ("经济开发区", "开发区", "经开区", "区")),
)
TOWN_ENDINGS = ("街道办事处", "街道办", "办事处", "街道", "镇", "乡")
VILLAGE_ENDINGS = ("村民委员会", "居民委员会", "村委会", "居委会", "社区", "村", "居")


@dataclass(frozen=True, slots=True)
class Succession:
    """A unit no longer in force (12-digit `old_code`, its name then) and the unit that followed it.

    A mere change of name has the same code twice.
    """

    old_code: int
    old_name: str
    new_code: int


def squeeze(text: str) -> str:
    """Without any white space; brackets and letters as in full texts."""
    return _SPACES.sub("", text)


def village_form(name: str) -> str:
    """Without the committee, with the kind: 朱夏村村民委员会 → 朱夏村, 朱夏社区居委会 → 朱夏社区."""
    bare = _DOUBLED.sub("村", _COMMITTEE.sub("", name))
    if bare == name or not bare:
        return name
    return bare if bare.endswith(("村", "社区", "居")) else _with_kind(name, bare)


def _with_kind(name: str, bare: str) -> str:
    return bare + ("村" if "村" in name[len(bare) :] else "社区")


def village_stem(name: str) -> str:
    """Without committee and kind: 朱夏村村民委员会 → 朱夏. A single character keeps its kind: 北村."""
    form = village_form(name)
    stem = _PLACE_KIND.sub("", form)
    if form.endswith("社区") and len(stem) > 2:
        stem = stem.removesuffix("村")
    return stem if len(stem) > 1 else form.removesuffix("社区") or form


def village_root(name: str) -> str:
    """The stem without 家, which registers drop at will: 毛家庄 and 毛庄 meet."""
    stem = village_stem(name)
    return stem.replace("家", "") if len(stem) > 2 else stem


def village_core(name: str) -> str:
    """The root of a village that was merged into a 社区 or rebuilt as a 新村: 团林社区 and 团林新村 meet."""
    root = village_root(name)
    return root.removesuffix("新") if len(root) > 2 and village_form(name).endswith("新村") else root


def town_stem(name: str) -> str:
    """Without the kind: 高都街道办事处 → 高都."""
    return _TOWN_KIND.sub("", name) or name


def town_form(name: str) -> str:
    """One spelling of the kind: 高都街道办事处 → 高都街道, 高都镇人民政府 → 高都镇."""
    name = name.removesuffix("人民政府")
    for ending in ("街道办事处", "街道办", "办事处"):
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending) + "街道"
    return name


def county_aliases(name: str, city: str = "") -> set[str]:
    """What people call a county or a zone: 沂南县 沂南; 临沂高新技术产业开发区 高新区 临沂高新区."""
    short = city.removesuffix("市")
    bare = name.removeprefix(city).removeprefix(short) if short and name != city else name
    found = {name, bare}
    for ending, others in _ZONES:
        if bare.endswith(ending):
            found |= {bare.removesuffix(ending) + other for other in others}
            found |= {bare.removesuffix(ending) + other + "管委会" for other in others}
            break
    else:
        stem = _COUNTY_KIND.sub("", bare)
        found |= {stem} if len(stem) > 1 else set()
    found -= {"区", "开发区"}
    return found | {prefix + alias for alias in found for prefix in (short, city) if prefix}


def same_words(level: Level, one: str, other: str) -> bool:
    """True when two names differ in form only (村委会 and 村村民委员会)."""
    if level is Level.VILLAGE:
        return village_stem(one) == village_stem(other)
    return town_form(one) == town_form(other)
