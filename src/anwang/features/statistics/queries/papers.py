"""The papers of the notice as content trees: which there are, for which units, and what stands in them (N5, N18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anwang.domain.base import Level, Refusal, gettext_noop
from anwang.domain.documents.attachments import (
    GradeRule,
    Post,
    Share,
    division_of_work,
    eight_rules,
    grading_standard,
    leading_group,
)
from anwang.domain.documents.tables import Binding, ListHead, county_roster, statistics_table, township_table
from anwang.domain.documents.tree import Document
from anwang.domain.grid.codes import level_of, unit_range
from anwang.domain.policy import DocumentText
from anwang.features.assignments import queries as assignments
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Paper
from .bindings import bindings, keys_in


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A paper: its policy text, the levels of unit it is made for, whether it carries personal phones."""

    code: str
    title: str
    clause: str
    text: str
    levels: frozenset[Level]
    public: bool
    rows: bool = False


CITY, COUNTY, TOWNSHIP = Level.CITY, Level.COUNTY, Level.TOWNSHIP
ALL = frozenset({CITY, COUNTY, TOWNSHIP})
KINDS = {
    kind.code: kind
    for kind in (
        PaperKind("attachment5", gettext_noop("附件5 信息统计表"), "三.1", "attachment5", ALL, False, rows=True),
        PaperKind("county_roster", gettext_noop("一县区一名册"), "三.1", "", frozenset({COUNTY}), False, rows=True),
        PaperKind("township_table", gettext_noop("一乡镇一张表"), "三.1", "", frozenset({TOWNSHIP}), False, rows=True),
        PaperKind("attachment1", gettext_noop("附件1 领导小组"), "附件1", "attachment1", frozenset({CITY}), True),
        PaperKind("attachment2", gettext_noop("附件2 市局分工"), "附件2", "attachment2", frozenset({CITY}), True),
        PaperKind("attachment4", gettext_noop("附件4 八条规定"), "附件4", "attachment4", ALL, True),
        PaperKind("attachment6", gettext_noop("附件6 风险分级标准"), "附件6", "attachment6", ALL, True),
    )
}


def paper_kind(code: str, unit: int) -> PaperKind:
    """The kind, when it is made for units of this level."""
    kind = KINDS.get(code)
    if kind is None or level_of(unit) not in kind.levels:
        raise Refusal("no_such_paper", gettext_noop("这一级网格没有这种文书，请在文书页选择。"))
    return kind


def kinds_for(unit: int) -> list[PaperKind]:
    """What can be made for a unit."""
    return [kind for kind in KINDS.values() if level_of(unit) in kind.levels]


def units_below(unit: int, level: Level, *, on: date) -> list[tuple[int, str]]:
    """Units of a level inside a unit, for choosing."""
    low, high = unit_range(unit)
    rows = grid.units(on=on).filter(level=level, code__gte=low, code__lt=high)
    return list(rows.values_list("code", "name"))


def content(kind: PaperKind, unit: int, *, on: date) -> tuple[Document, int]:
    """The paper as a content tree, and how many enterprises stand in it. The caller has checked the territory."""
    if kind.rows:
        rows = list(bindings(keys_in(unit, on=on), on=on))
        return _listed(kind, _head(unit, on), rows, on), len(rows)
    text = policies.current().document(kind.text, on)
    made = {"attachment1": _group, "attachment2": _division, "attachment4": _rules, "attachment6": _grading}[kind.code]
    return made(text, unit, on), 0


def _head(unit: int, on: date) -> ListHead:
    names = grid.names([unit])
    led = grid.leaders([unit], on=on).get(unit, [])
    return ListHead(names.get(unit, ""), names.get(unit, ""), on, led[0].post.person.name if led else "", on.year)


def _listed(kind: PaperKind, head: ListHead, rows: list[Binding], on: date) -> Document:
    if kind.code == "township_table":
        return township_table(head, rows)
    if kind.code == "county_roster":
        return county_roster(head, rows)
    text = policies.current().document(kind.text, on)
    return statistics_table(head, rows, title=text.title, mark=text.attachment)


def _group(text: DocumentText, unit: int, on: date) -> Document:
    """The leading group as it is now: leaders of the city by rank, under the roles that the policy names."""
    found = grid.leaders([unit], on=on).get(unit, [])
    posts = []
    for rank, seat in enumerate(text.seats, 1):
        people = tuple(each.post.person.name for each in found if each.rank == rank)
        if people:
            posts.append(Post(f"{seat.role}（{seat.rank}）", people))
    return leading_group(text.title, posts, office="".join(text.closing), mark=text.attachment)


def _division(text: DocumentText, unit: int, on: date) -> Document:
    """The city's own posts with the enterprises they lead."""
    led = assignments.leads_on(on).filter(level=CITY).select_related("person", "post")
    rows = list(led.order_by("post__organisation", "person__name", "enterprise_id"))
    names = {key: card.name for key, card in enterprises.cards({row.enterprise_id for row in rows}).items()}
    found = grid.leaders([unit], on=on).get(unit, [])
    leader = found[0].post.person.name if found else ""
    by_post: dict[int, list] = {}
    for row in rows:
        by_post.setdefault(row.post_id, []).append(row)
    sponsored = _sponsored({row.post_id for row in rows}, on)
    shares = [
        Share(
            leader, of[0].post.organisation, of[0].person.name, of[0].post.label, "、".join(sponsored.get(post, [])),
            tuple(names[row.enterprise_id] for row in of),
        )
        for post, of in by_post.items()
    ]  # fmt: skip
    return division_of_work(text.title, shares, mark=text.attachment)


def _sponsored(posts: set[int], on: date) -> dict[int, list[str]]:
    """Names of the counties that posts answer for (市包县区)."""
    counties = dict(grid.units(on=on).filter(level=COUNTY).values_list("code", "name"))
    found: dict[int, list[str]] = {}
    for code, rows in grid.sponsors(counties, on=on).items():
        for row in rows:
            if row.post_id in posts:
                found.setdefault(row.post_id, []).append(counties[code])
    return found


def _rules(text: DocumentText, unit: int, on: date) -> Document:
    return eight_rules(text.title, text.items, mark=text.attachment)


def _grading(text: DocumentText, unit: int, on: date) -> Document:
    """Sentences with their conditions: a condition begins with （."""
    rules: list[GradeRule] = []
    for item in text.items:
        if item.startswith("（") and rules:
            rules[-1] = GradeRule(rules[-1].text, (*rules[-1].conditions, item))
        else:
            rules.append(GradeRule(item))
    return grading_standard(text.title, "".join(text.opening), rules, mark=text.attachment)


def kept(unit: int, *, limit: int = 30) -> list[Paper]:
    """Papers made for a unit and the units below, the newest first."""
    low, high = unit_range(unit)
    return list(Paper.objects.filter(unit__gte=low, unit__lt=high).order_by("-made_at", "-id")[:limit])
