"""Disclosure to the public (信息公开形式): the form of the rules, what may be published, what a search may ask."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from anwang.domain.base import ALLOWED, Decision, Interval, gettext_noop, refuse
from anwang.domain.documents.tree import Disclosure

#: An enterprise's name is at most this long; whatever is longer was not typed by a person.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class DisclosureRules:
    """What the public pages show; the values come from the policy.

    `personal_phone`: also the supervisor's own telephone, not the office's alone. `indexable`: search engines may
    list the pages. `search`: enterprises can be looked up by name, of at least `search_letters` signs, with
    `search_results` answers on each of at most `search_pages` pages, and `searches_per_minute` from one address.
    `roster`: the mark of the rosters of who supervises whom, without telephones of persons, `roster_rows` on a page
    and `rosters_per_minute` pages for one address. `cache_minutes`: how old a page may be.
    `national_line`: the national telephone for reports. `request_how`: how one asks for what is 依申请公开.
    """

    clause: str
    personal_phone: bool
    indexable: bool
    search: bool
    search_letters: int
    search_results: int
    search_pages: int
    searches_per_minute: int
    roster: Disclosure
    roster_rows: int
    rosters_per_minute: int
    cache_minutes: int
    national_line: str
    request_how: str
    interval: Interval


def may_be_published(mark: Disclosure, has_file: bool) -> Decision:
    """Whether a paper with this mark may stand in the public list: 主动公开 with its file, 依申请公开 by its title."""
    if mark is Disclosure.CLOSED:
        text = gettext_noop("这份文书标注“不予公开”，不能公开。")
        return refuse("disclosure_closed", text, clause="公开")
    if mark is Disclosure.PUBLIC and not has_file:
        return refuse("disclosure_no_file", gettext_noop("主动公开的文书要附文件。"), clause="公开")
    return ALLOWED


def asked_name(text: str) -> str:
    """A name as typed into a search: one line, full-width signs as plain ones, nothing that is not to be seen."""
    plain = unicodedata.normalize("NFKC", text[: LONGEST * 4])
    seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in plain)
    return " ".join(seen.split())[:LONGEST]


def is_enough(name: str, least: int) -> bool:
    """Whether a search by this name is asked for: so many letters, figures or characters, not counting signs."""
    return sum(sign.isalnum() for sign in name) >= least
