"""Reading hints: one's own, and those that a leader sees. There is no count per person anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from anwang.domain.base import Actor, gettext_noop
from anwang.domain.hints.rules import HintKind
from anwang.features.duties import queries as duties
from anwang.features.grid.queries import within

from .models import Hint

SENTENCES = {
    HintKind.PHOTO_SAME: gettext_noop("这条记录中有一张照片与 %(on)s 的另一条记录中的照片相同。"),
    HintKind.PHOTO_LIKE: gettext_noop("这条记录中有一张照片与 %(on)s 的另一条记录中的照片很相似（或经翻转、旋转）。"),
    HintKind.TEXT_ALIKE: gettext_noop("这条记录的情况记录与 %(on)s 的另一条记录有 %(percent)s%% 相同。"),
    HintKind.TRAVEL: gettext_noop("所附位置显示，%(minutes)s 分钟内出现在相距 %(km)s 公里的两处。"),
    HintKind.BATCH: gettext_noop("同一分钟左右登记了 %(n)s 家不同企业的现场督导。"),
    HintKind.APART: gettext_noop("登记之后 %(days)s 天才收到，没有写明原因。"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A hint as a reader sees it: the sentence, and the other record only when the reader may see it."""

    row: Hint
    kind: str
    sentence: str
    other: Any | None
    photos: tuple[int, ...] = ()


def waiting(person_id: int | None) -> QuerySet[Hint]:
    """The hints that wait for this person's word; the person's own first page says how many."""
    return Hint.objects.filter(person_id=person_id or 0, state="shown", contact__void_at__isnull=True)


def to_look_at(*, by: Actor, on: date) -> QuerySet[Hint]:
    """The hints that wait for this leader; the leader's own first page says how many."""
    return in_view(by=by, on=on).exclude(state="settled")


def own(*, by: Actor, settled: bool = False) -> QuerySet[Hint]:
    """The person's own hints: what waits first, then what was said; or those that are settled."""
    rows = _rows().filter(person_id=by.person_id or 0)
    rows = rows.filter(state="settled") if settled else rows.exclude(state="settled")
    return rows.order_by("-state", "-id")


def in_view(*, by: Actor, on: date) -> QuerySet[Hint]:
    """What a leader or office sees of the people who serve in their territory: explained, or long enough waited."""
    rows = within(_rows(), by, place="unit", enterprise="contact__enterprise_id")
    seen = Q(leader_from__lte=on) | ~Q(state="shown")
    return rows.filter(seen).exclude(person_id=by.person_id or 0).order_by("-id")


def find(hint_id: int, *, by: Actor, on: date, leads: bool) -> Hint | None:
    """One hint: one's own, or one that the leader sees."""
    rows = _rows().filter(id=hint_id)
    mine = rows.filter(person_id=by.person_id or 0).first()
    return mine or (in_view(by=by, on=on).filter(id=hint_id).first() if leads else None)


def _rows() -> QuerySet[Hint]:
    return Hint.objects.filter(contact__void_at__isnull=True).select_related("person", "contact__enterprise", "other")


def shown(rows: Iterable[Hint]) -> list[Shown]:
    """Rows with their sentences, without the other record: for lists."""
    return [Shown(row, _kind(row), sentence(row), None) for row in rows]


def in_full(row: Hint, *, by: Actor) -> Shown:
    """A hint with the other record and its photo, as far as the reader may see them."""
    other = duties.contact(row.other_id, by=by) if row.other_id else None
    photos = [row.evidence.get("photo"), row.evidence.get("other_photo") if other else None]
    kept = tuple(key for key in photos if key and (photo := duties.photo(key, by=by)) and photo.place)
    return Shown(row, _kind(row), sentence(row), other, kept)


def sentence(row: Hint) -> str:
    """What was seen, without a judgement."""
    return gettext(SENTENCES[HintKind(row.kind)]) % row.evidence


def _kind(row: Hint) -> str:
    return gettext(HintKind(row.kind).label)
