"""Which of the industries in scope an enterprise belongs to (二.1), from a GB/T 4754 code or from words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from anwang.domain.base import Reason, gettext_noop
from anwang.domain.policy.model import CodeRule, Industry

CODE = re.compile(r"([A-T]?)(\d{2,4})")


@dataclass(frozen=True, slots=True)
class IndustryMatch:
    """`industry` None: in none of them, or not known. `check`: a person should confirm. `by`: the prefix or word."""

    industry: Industry | None
    check: bool
    by: str
    reason: Reason


def match_industry(text: str, industries: Sequence[Industry], rules: Sequence[CodeRule]) -> IndustryMatch:
    """Code first, then the exact name or alias, then the longest name or alias inside the words (to be checked)."""
    clean = unicodedata.normalize("NFKC", text).strip()
    if code := CODE.fullmatch(clean.upper()):
        return _by_code(code[1], code[2], industries, rules)
    return _by_name(clean, industries)


def _by_code(letter: str, digits: str, industries: Sequence[Industry], rules: Sequence[CodeRule]) -> IndustryMatch:
    fitting = [
        rule for rule in rules if digits.startswith(rule.prefix[1:]) and (not letter or letter == rule.prefix[0])
    ]
    if not fitting:
        return _none(
            "no_rule", gettext_noop("行业代码 %(code)s 不在对照表中，不属于包保范围或需人工确认"), letter + digits
        )
    rule = max(fitting, key=lambda candidate: len(candidate.prefix))
    industry = next((industry for industry in industries if industry.code == rule.industry), None)
    narrower = any(other.prefix[1:].startswith(digits) and other.industry != rule.industry for other in rules)
    if industry is None:
        text = gettext_noop("行业代码 %(prefix)s 不在包保范围：%(note)s")
        reason = Reason("industry.outside", text, {"prefix": rule.prefix, "note": rule.note}, rule.clause)
        return IndustryMatch(None, rule.check or narrower, rule.prefix, reason)
    text = gettext_noop("行业代码 %(prefix)s 对应%(industry)s %(note)s")
    params = {"prefix": rule.prefix, "industry": industry.name, "note": rule.note}
    reason = Reason("industry.code", text, params, rule.clause)
    return IndustryMatch(industry, rule.check or narrower, rule.prefix, reason)


def _by_name(text: str, industries: Sequence[Industry]) -> IndustryMatch:
    words = [(word, industry) for industry in industries for word in (industry.name, *industry.aliases)]
    exact = [(word, industry) for word, industry in words if text in (word, f"{word}行业", f"{word}业")]
    inside = exact or [(word, industry) for word, industry in words if word in text]
    if not inside:
        return _none("no_name", gettext_noop("“%(code)s”与各包保行业的名称都对不上，请人工选择"), text)
    word, industry = max(inside, key=lambda pair: len(pair[0]))
    reason = Reason(
        "industry.name", gettext_noop("名称含“%(word)s”，对应%(industry)s"), {"word": word, "industry": industry.name}
    )
    return IndustryMatch(industry, not exact, word, reason)


def _none(code: str, text: str, value: str) -> IndustryMatch:
    return IndustryMatch(None, True, "", Reason(f"industry.{code}", text, {"code": value}))
