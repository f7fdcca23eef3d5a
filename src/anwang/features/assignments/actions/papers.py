"""Issuing and voiding the papers of assignments: commitment letters and notice sheets (三.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from anwang.adapters.bulk import insert_many
from anwang.domain.base import Actor, Level, Refusal, gettext_noop
from anwang.features.audit import actions as audit
from anwang.features.documents import actions as documents
from anwang.features.documents.actions import Issue
from anwang.features.enterprises import queries as enterprises
from anwang.features.policies import queries as policies

from ..models import Assignment, Commitment, Part, Posting

AT_ONCE = 800
LETTER, SHEET = "commitment", "posting"
TITLES = {LETTER: gettext_noop("企业安全生产包保督导工作承诺书"), SHEET: gettext_noop("企业安全生产包保督导公示牌")}
_MARKS = {LETTER: "承", SHEET: "示"}


def number_pattern(kind: str) -> str:
    """临应急承〔{year}〕{number}号, from the agency code of the policy's own number."""
    agency = policies.current().meta.document_number.split("〔")[0].removesuffix("发")
    return f"{agency}{_MARKS[kind]}〔{{year}}〕{{number}}号"


def issue_papers(by: Actor, now: datetime, rows: Sequence[Assignment]) -> int:
    """A letter for every assignment, a notice sheet for every lead. Call inside the act's transaction."""
    cards = enterprises.cards([row.enterprise_id for row in rows] if len(rows) < 5000 else None)
    made = _issue(by, now, LETTER, Commitment, rows, cards)
    return made + _issue(by, now, SHEET, Posting, [row for row in rows if row.part == Part.LEAD], cards)


def _issue(by: Actor, now: datetime, kind: str, model: Any, rows: Sequence[Assignment], cards: dict[int, Any]) -> int:
    """Documents with running numbers, and a row of `model` for each. The facts name no person."""
    wanted = [
        Issue(
            f"{kind}:{row.id}", TITLES[kind], cards[row.enterprise_id].place,
            {gettext_noop("企业"): cards[row.enterprise_id].name, gettext_noop("包保级别"): Level(row.level).label},
        )
        for row in rows
    ]  # fmt: skip
    if not wanted:
        return 0
    issued = documents.issue(
        by=by, now=now, kind=kind, pattern=number_pattern(kind), rows=wanted, is_public=kind == SHEET
    )
    pairs = zip(rows, issued, strict=True)
    if model is Commitment:
        columns = ("assignment_id", "document_id", "created_at", "method", "signature", "recorded_by")
        return insert_many(model, columns, ((row.id, paper.id, now, "", "", "") for row, paper in pairs))
    columns = ("assignment_id", "document_id", "created_at", "confirmed_by", "place", "photo")
    return insert_many(model, columns, ((row.id, paper.id, now, "", "", "") for row, paper in pairs))


def void_papers(by: Actor, now: datetime, assignments: Iterable[int]) -> int:
    """What was signed and posted for ended assignments is no longer valid; it stays on record. Returns how many."""
    ids, count = list(assignments), 0
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        for model in (Commitment, Posting):
            rows = model.objects.filter(assignment_id__in=some, void_at__isnull=True)
            papers = list(rows.values_list("document_id", flat=True))
            count += documents.revoke(by=by, now=now, ids=papers)
            rows.update(void_at=now)
    return count


def restore_papers(by: Actor, now: datetime, assignments: Iterable[int], voided_at: datetime) -> int:
    """Undo `void_papers` of one moment."""
    ids, count = list(assignments), 0
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        for model in (Commitment, Posting):
            rows = model.objects.filter(assignment_id__in=some, void_at=voided_at)
            papers = list(rows.values_list("document_id", flat=True))
            count += documents.reinstate(by=by, now=now, ids=papers)
            rows.update(void_at=None)
    return count


def settle_papers(waiting: Any, ids: Sequence[int], done: dict[str, Any], taken: Refusal) -> None:
    """Compare-and-set many papers: when one of them is settled or void by now, none is and `taken` is raised."""
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        if waiting.filter(id__in=some, void_at__isnull=True).update(**done) < len(some):
            raise taken


def tell(
    by: Actor, now: datetime, action: str, name: str, rows: Iterable[Any], facts: Callable[[Any], dict[str, Any]]
) -> None:
    """One event for each paper, on the chain of its county."""
    chains: dict[int, list[tuple[str, str, dict[str, Any]]]] = defaultdict(list)
    for row in rows:
        said = {"enterprise": row.assignment.enterprise_id, "number": row.document.number, **facts(row)}
        chains[row.assignment.county].append((action, f"{name}:{row.id}", said))
    for chain, events in sorted(chains.items()):
        audit.record_many(by=by, now=now, events=events, chain=chain)
