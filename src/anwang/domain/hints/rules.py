"""The thresholds of hints; the notice leaves them open and the office sets them (hints.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anwang.domain.base import gettext_noop


class HintKind(StrEnum):
    """What was seen. None of them is seen from what is absent."""

    PHOTO_SAME = "photo_same"
    PHOTO_LIKE = "photo_like"
    TEXT_ALIKE = "text_alike"
    TRAVEL = "travel"
    BATCH = "batch"
    APART = "apart"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


KIND_LABELS = {
    HintKind.PHOTO_SAME: gettext_noop("同一张照片"),
    HintKind.PHOTO_LIKE: gettext_noop("相似的照片"),
    HintKind.TEXT_ALIKE: gettext_noop("情况记录相近"),
    HintKind.TRAVEL: gettext_noop("两地相距较远"),
    HintKind.BATCH: gettext_noop("同一时刻多家"),
    HintKind.APART: gettext_noop("收到时间较晚"),
}


@dataclass(frozen=True, slots=True)
class HintRules:
    """One version of the thresholds.

    `photo_distance`: bits of 64 in which two pictures of one scene may differ, 0 to 7. `text_at_least`: signs that a
    minute must have to be compared; `text_percent`: share of common runs of three signs. `travel_kmh` and
    `travel_km`: faster than this over at least so far is not travelled, `premises_km` taken off for an
    enterprise known by one point. `batch_records` within `batch_seconds`.
    `apart_days` between writing and arrival. `answer_days`: days in which the person alone sees a hint.
    """

    clause: str
    photo_distance: int
    text_at_least: int
    text_percent: int
    travel_kmh: int
    travel_km: int
    premises_km: int
    batch_records: int
    batch_seconds: int
    apart_days: int
    answer_days: int
    valid_from: date
    valid_to: date | None = None
