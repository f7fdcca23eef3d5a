"""Which of the thirteen industries an enterprise belongs to (二.1), and on what that rests."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from django.db.models import Count, QuerySet

from anwang.adapters import reference
from anwang.domain.base import Actor, Reason
from anwang.domain.policy.model import CodeRule, Industry
from anwang.features.grid.queries import within
from anwang.features.policies import queries as policies
from anwang.web.reasons import words

from ..models import Enterprise, IndustryBy

#: How firmly each source stands; a weaker one never overrides a stronger.
STRENGTH = {IndustryBy.UNKNOWN: 0, IndustryBy.GUESS: 1, IndustryBy.CODE: 2, IndustryBy.STATED: 3, IndustryBy.HAND: 4}
DOUBTFUL = ("", IndustryBy.GUESS.value)


@dataclass(frozen=True, slots=True)
class Classified:
    """An industry code ("" for none of the thirteen), what it rests on, and why in a sentence."""

    industry: str
    by: IndustryBy
    reason: Reason


@cache
def _classes() -> tuple[dict[str, str], dict[str, str]]:
    """GB/T 4754: digits → code with its letter, and name → code (the finest class of a name)."""
    rows = [row for row in reference.industries() if row.level > 1]
    full = {row.code[1:]: row.code for row in rows}
    names = {row.name: row.code for row in sorted(rows, key=lambda row: row.level)}
    return full, names


@lru_cache(maxsize=4096)
def gbt_of(text: str) -> tuple[str, str]:
    """(code with its letter, "") of a class of GB/T 4754 written as code or name; else ("", the text)."""
    full, names = _classes()
    clean = text.strip().upper().replace(" ", "")
    digits = clean[1:] if re.fullmatch(r"[A-T]\d{2,4}", clean) else clean
    if digits in full:
        return (full[digits], "") if clean in (digits, full[digits]) else ("", text)
    return (names[text], "") if text in names else ("", text)


@cache
def gbt_name(code: str) -> str:
    """The name of a class of GB/T 4754 by its code with letter; "" for none."""
    return next((row.name for row in reference.industries() if row.code == code), "")


def classify(gbt: str, words: str, on: date, name: str = "") -> Classified | None:
    """The industry that a code or name of GB/T 4754 and the words of a column 行业 give; None when neither is there.

    Where they decide nothing, words in the enterprise's `name` give a guess for a person to confirm.
    """
    found = []
    if words:
        found.append(_classified(words, IndustryBy.STATED, on))
    if gbt:
        found.append(_classified(gbt, IndustryBy.CODE, on))
    best = max(found, key=lambda each: STRENGTH[each.by], default=None)
    if name and (best is None or best.by is IndustryBy.UNKNOWN):
        guess = _classified(name, IndustryBy.GUESS, on)
        return replace(guess, by=IndustryBy.GUESS) if guess.industry else best
    return best


def _classified(text: str, firmly: IndustryBy, on: date) -> Classified:
    return _judged(text, firmly, on, policies.current().version)


@lru_cache(maxsize=4096)
def _judged(text: str, firmly: IndustryBy, on: date, version: str) -> Classified:
    code, _ = gbt_of(text)
    match = policies.current().industry_of(code or text, on)
    firmly = IndustryBy.CODE if code else firmly
    if match.industry is None:
        return Classified("", IndustryBy.UNKNOWN if match.check else firmly, match.reason)
    return Classified(match.industry.code, IndustryBy.GUESS if match.check else firmly, match.reason)


def industries(on: date) -> list[Industry]:
    """The industries in force on a day, in the notice's order."""
    return [each for each in policies.current().industries if on in each.interval]


def rule_table(on: date) -> list[tuple[CodeRule, str, str]]:
    """(rule, name of the class, name of the industry or "") in the order of codes."""
    policy = policies.current()
    rules = sorted((rule for rule in policy.code_rules if on in rule.interval), key=lambda rule: rule.prefix)
    named = {each.code: each.name for each in policy.industries}
    return [(rule, gbt_name(rule.prefix), named.get(rule.industry, "")) for rule in rules]


def industry_todo(actor: Actor) -> QuerySet[Enterprise]:
    """Enterprises of the territory whose industry waits for a person's decision."""
    return within(Enterprise.objects.filter(industry_by__in=DOUBTFUL).exclude(status="closed"), actor)


def industry_counts(actor: Actor) -> dict[str, int]:
    """How many enterprises of the territory each industry has; "" are those of none."""
    rows = within(Enterprise.objects.exclude(status="closed"), actor).order_by().values_list("industry")
    return dict(rows.annotate(n=Count("id")))


def why_industry(enterprise: Enterprise, on: date) -> str:
    """The sentence that explains the industry of an enterprise that is in doubt."""
    found = classify(enterprise.gbt_code or enterprise.gbt_name, "", on, enterprise.name)
    return words(found.reason) if found else ""
