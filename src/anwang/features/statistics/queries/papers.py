"""The papers of the notice as content trees: which there are, for which units, and what stands in them (N5, N18)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import ceil

from anwang.adapters.snapshot import one_moment
from anwang.domain.base import Level, Refusal, gettext_noop
from anwang.domain.documents.tables import Binding, ListHead, Part, county_roster, statistics_table, township_table
from anwang.domain.documents.tree import Disclosure, Document
from anwang.domain.grid.codes import level_of, unit_range
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Paper
from .attachments import ATTACHMENTS
from .bindings import bindings, keys_in, phones_in


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

    @property
    def disclosure(self) -> Disclosure:
        """The mark that the paper itself carries (信息公开形式)."""
        return Disclosure.PUBLIC if self.public else Disclosure.CLOSED


#: Rows of one PDF: the typesetter keeps all pages of a file in memory, and nobody binds more into one volume.
VOLUME = 1000
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


@dataclass(frozen=True, slots=True)
class Content:
    """A paper before it has a format: the whole as one tree, or in volumes of at most `VOLUME` rows.

    `rows` enterprises and `phones` telephone numbers of persons stand in it.
    """

    whole: Callable[[], Document]
    volumes: Callable[[], Iterator[Document]]
    rows: int = 0
    phones: int = 0

    @property
    def volume_count(self) -> int:
        return max(ceil(self.rows / VOLUME), 1)


def content(kind: PaperKind, unit: int, *, on: date) -> Content:
    """What stands in a paper, read at one moment. The caller has checked the territory."""
    with one_moment():
        if kind.rows:
            rows = list(bindings(keys_in(unit, on=on), on=on, unit=unit))
            return _listed(kind, _head(unit, on), rows, on)
        text = policies.current().document(kind.text, on)
        document = ATTACHMENTS[kind.code](text, unit, on)
    return Content(lambda: document, lambda: iter([document]))


def _head(unit: int, on: date) -> ListHead:
    name = grid.names([unit]).get(unit, "")
    led = grid.leaders([unit], on=on).get(unit, [])
    return ListHead(name, name, on, led[0].post.person.name if led else "", on.year)


def _listed(kind: PaperKind, head: ListHead, rows: list[Binding], on: date) -> Content:
    """A list of any length. Volumes go on counting where the last one ended."""
    build = _builder(kind, on)

    def volumes() -> Iterator[Document]:
        for start in range(0, max(len(rows), 1), VOLUME):
            part = Part(start + 1, len(rows)) if len(rows) > VOLUME else None
            yield build(head, rows[start : start + VOLUME], part=part)

    return Content(lambda: build(head, rows), volumes, len(rows), phones_in(rows))


def _builder(kind: PaperKind, on: date) -> Callable[..., Document]:
    if kind.code == "attachment5":
        text = policies.current().document(kind.text, on)
        return partial(statistics_table, title=text.title, mark=text.attachment)
    return {"township_table": township_table, "county_roster": county_roster}[kind.code]


def kept(unit: int, *, limit: int = 30) -> list[Paper]:
    """Papers made for a unit and the units below, the newest first."""
    low, high = unit_range(unit)
    return list(Paper.objects.filter(unit__gte=low, unit__lt=high).order_by("-made_at", "-id")[:limit])


def publishable(unit: int, *, limit: int = 10) -> list[Paper]:
    """Papers of a unit whose file is still kept and whose mark is 主动公开, the latest first."""
    kinds = [kind.code for kind in KINDS.values() if kind.public]
    return list(Paper.objects.filter(unit=unit, kind__in=kinds).exclude(path="").order_by("-made_at", "-id")[:limit])
