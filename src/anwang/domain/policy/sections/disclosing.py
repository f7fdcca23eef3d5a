"""disclosure.yaml: what the public pages show and who may find them (三.2, 信息公开形式)."""

from __future__ import annotations

from anwang.domain.documents.disclosure import DisclosureRules
from anwang.domain.documents.tree import Disclosure
from anwang.domain.policy.fields import RULE, Fields


def read_disclosure(fields: Fields) -> DisclosureRules:
    """One version of the rules of disclosure."""
    interval = fields.interval()
    fields.reading.declare_version(RULE, "disclosure", interval, fields.mark, fields.where)
    return DisclosureRules(
        clause=fields.clause(),
        personal_phone=fields.flag("personal_phone"),
        indexable=fields.flag("indexable"),
        search=fields.flag("search"),
        search_letters=fields.integer("search_letters", 2, 10),
        search_results=fields.integer("search_results", 1, 50),
        search_pages=fields.integer("search_pages", 1, 10),
        searches_per_minute=fields.integer("searches_per_minute", 1, 600),
        roster=fields.one_of("roster", Disclosure),
        roster_rows=fields.integer("roster_rows", 10, 200),
        rosters_per_minute=fields.integer("rosters_per_minute", 1, 600),
        cache_minutes=fields.integer("cache_minutes", 0, 1440),
        national_line=fields.text("national_line", pattern=r"[0-9-]{3,20}", shape="12350"),
        request_how=fields.text("request_how"),
        interval=interval,
    )
