"""industries.yaml: the industries in scope and how GB/T 4754 codes fall into them (二.1)."""

from __future__ import annotations

from anwang.domain.policy.cases import NONE
from anwang.domain.policy.fields import INDUSTRY, Fields
from anwang.domain.policy.model import CodeRule, Industry

PREFIX = r"[A-T]\d{2,4}"


def read_industry(fields: Fields) -> Industry:
    """One of the industries in scope."""
    code, interval = fields.text("code", pattern=r"[a-z_]{2,30}", shape="chemical"), fields.interval()
    fields.reading.declare_version(INDUSTRY, code, interval, *fields.place("code"))
    return Industry(
        code=code,
        index=fields.integer("index", 1, 99),
        name=fields.text("name"),
        aliases=fields.texts("aliases"),
        clause=fields.clause(),
        interval=interval,
    )


def read_code_rules(fields: Fields) -> tuple[CodeRule, ...]:
    """One line of the table: several prefixes that go the same way."""
    interval = fields.interval()
    industry = "" if fields.text("industry") == NONE else fields.reference("industry", INDUSTRY)
    prefixes = fields.texts("prefixes", required=True, pattern=PREFIX, shape="C26、C2614")
    for prefix in prefixes:
        fields.reading.declare_version("code", prefix, interval, *fields.place("prefixes"))
    clause = fields.clause()
    check, note = fields.flag("check", False), fields.text("note", "")
    return tuple(CodeRule(prefix, industry, check, note, clause, interval) for prefix in prefixes)
