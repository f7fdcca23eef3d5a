"""Letters and notice sheets as content trees, many at once (附件3, 三.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from anwang.adapters import media
from anwang.domain.base import Grade, Level
from anwang.domain.calendar import local_day
from anwang.domain.documents.letters import (
    CommitmentLetter,
    LetterEnterprise,
    LetterText,
    Supervisor,
    commitment_letter,
)
from anwang.domain.documents.notices import NoticeSheet, notice_sheet
from anwang.domain.documents.tree import Document
from anwang.domain.grid.codes import ancestors
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Commitment, Posting, SignMethod

AT_ONCE = 500
_RELATED = ("assignment__person", "assignment__post", "document")


def verify_url(token: str) -> str:
    """Where the code of a paper leads."""
    return f"{settings.PUBLIC_URL}{reverse('document_verify', args=[token])}"


def letters(ids: Sequence[int]) -> Iterator[Document]:
    """The letters by key, read in portions, in the order given."""
    for rows, cards, called in _portions(Commitment, ids):
        for row in rows:
            yield commitment_letter(_text(row), _letter(row, cards[row.assignment.enterprise_id], called))


def sheets(ids: Sequence[int]) -> Iterator[Document]:
    """The notice sheets by key, read in portions, in the order given."""
    for rows, cards, called in _portions(Posting, ids):
        yield from map(notice_sheet, _sheets(rows, cards, called, local_day(rows[0].created_at)))


def sheet_on(row: Posting, *, on: date) -> NoticeSheet:
    """What one sheet says on a day: whoever leads the grid then, whatever the telephones are then."""
    ((rows, cards, called),) = _portions(Posting, [row.id])
    return next(_sheets(rows, cards, called, on))


def _sheets(rows: list[Any], cards: dict[int, Any], called: dict[int, str], day: date) -> Iterator[NoticeSheet]:
    chains = {row.id: _chain(cards[row.assignment.enterprise_id].place) for row in rows}
    codes = {code for chain in chains.values() for code in chain}
    leaders = grid.leaders(codes, on=day)
    phones = dict(grid.units(on=day).filter(code__in=codes).values_list("code", "phone"))
    for row in rows:
        yield _sheet(row, cards[row.assignment.enterprise_id], called, chains[row.id], leaders, phones)


def _chain(place: int) -> list[int]:
    """The place and the units above it, the nearest first."""
    return [code for code in (place, *ancestors(place)) if code and code % 10**10]


def _portions(model: Any, ids: Sequence[int]) -> Iterator[tuple[list[Any], dict[int, Any], dict[int, str]]]:
    for start in range(0, len(ids), AT_ONCE):
        some = list(ids[start : start + AT_ONCE])
        found = {row.id: row for row in model.objects.filter(id__in=some).select_related(*_RELATED)}
        rows = [found[key] for key in some if key in found]
        if not rows:
            continue
        cards = enterprises.cards({row.assignment.enterprise_id for row in rows})
        codes = {row.assignment.post.unit for row in rows}
        codes |= {code for card in cards.values() for code in _chain(card.place)}
        yield rows, cards, grid.names(codes)


def _unit_of(post: Any, called: dict[int, str]) -> str:
    """The employer as papers name it, with the place in front unless it is there already."""
    place = called.get(post.unit, "")
    if not post.organisation:
        return place
    return post.organisation if post.organisation.startswith(place[:2]) else place + post.organisation


def _text(row: Commitment) -> LetterText:
    text = policies.current().document("attachment3", local_day(row.created_at))
    return LetterText(text.title, "".join(text.opening), text.items)


def _letter(row: Commitment, card: Any, called: dict[int, str]) -> CommitmentLetter:
    bound = row.assignment
    who, post = bound.person, bound.post
    grade = policies.current().grade_name(Grade(card.grade))
    return CommitmentLetter(
        number=row.document.number,
        supervisor=Supervisor(
            who.name, _unit_of(post, called), post.label, who.phone or who.office_phone, Level(bound.level).label,
            media.fetch(row.signature) if row.signature else None,
        ),
        enterprise=LetterEnterprise(
            card.name, card.code, card.address, card.principal, card.principal_phone, grade
        ),
        verify_url=verify_url(row.document.token),
        signed_on=row.signed_on,
        paper_note=_note(row),
        issuer=policies.current().meta.issuer,
    )  # fmt: skip


def _note(row: Commitment) -> str:
    if row.method == SignMethod.PAPER:
        return "纸质签署，原件存档"
    return f"{row.assignment.person.name}（本人登录录入姓名签署）" if row.method == SignMethod.TYPED else ""


def _sheet(
    row: Posting, card: Any, called: dict[int, str], chain: list[int], leaders: dict[int, list[Any]], phones: Any
) -> NoticeSheet:
    bound = row.assignment
    led = next((leaders[code][0] for code in chain if leaders.get(code)), None)
    places = [called[code] for code in reversed(chain) if called.get(code)]
    return NoticeSheet(
        enterprise=card.name, supervisor=bound.person.name, unit=_unit_of(bound.post, called), post=bound.post.label,
        office_phone=bound.person.office_phone, supervision_phone=next((phones[c] for c in chain if phones.get(c)), ""),
        report_url=verify_url(row.document.token), grid="".join(places),
        grid_leader=led.post.person.name if led else "", publisher=policies.current().meta.issuer,
        published_on=row.posted_on or local_day(row.created_at), number=row.document.number,
    )  # fmt: skip


def file_title(kind: str, many: int) -> str:
    """How a file of papers is called."""
    name = {"commitment": gettext("承诺书"), "posting": gettext("公示牌")}[kind]
    return f"{name}-{many}"
