"""Photos of a record: how many it holds and until when they may follow. None is ever asked for (附件4, B9)."""

from __future__ import annotations

from datetime import datetime

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse
from anwang.domain.duties.timing import LONGEST_OFFLINE

MOST = 9


def may_follow(received_at: datetime, now: datetime, *, void: bool, kept: int) -> Decision:
    """Whether one more photo may be added to a record that arrived at `received_at` and holds `kept` of them."""
    if void:
        return refuse("contact_void", gettext_noop("这条记录已经撤回，不能再加照片。"))
    if now > received_at + LONGEST_OFFLINE:
        text = gettext_noop("记录收到已超过 %(days)s 天，不能再加照片。")
        return refuse("photo_late", text, days=LONGEST_OFFLINE.days)
    if kept >= MOST:
        return refuse("photo_many", gettext_noop("一条记录最多 %(most)s 张照片。"), most=MOST)
    return ALLOWED


def place(latitude: float | None, longitude: float | None) -> tuple[float | None, float | None]:
    """A tapped place, to about one metre; half of one, or one that is not on the earth, is none."""
    if latitude is None or longitude is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None, None
    return round(latitude, 5), round(longitude, 5)
