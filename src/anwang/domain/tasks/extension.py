"""An extension that was asked for: who may grant it, and how far."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse


class Asked(StrEnum):
    """How a request for more time stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return ASKED_LABELS[self]


ASKED_LABELS = {
    Asked.WAITING: gettext_noop("待批准"),
    Asked.APPROVED: gettext_noop("已批准"),
    Asked.REFUSED: gettext_noop("未批准"),
    Asked.DROPPED: gettext_noop("已作废"),
}
TRANSITIONS: dict[Asked, frozenset[Asked]] = {
    Asked.WAITING: frozenset({Asked.APPROVED, Asked.REFUSED, Asked.DROPPED}),
    Asked.APPROVED: frozenset(),
    Asked.REFUSED: frozenset(),
    Asked.DROPPED: frozenset(),
}


def may_ask(wanted: date, due: date, today: date) -> Decision:
    """More time is asked for with a later day that has not passed."""
    if wanted > due and wanted >= today:
        return ALLOWED
    text = gettext_noop("延期应晚于现在的完成期限 %(due)s，且不早于今天。")
    return refuse("extension_not_later", text, clause="附件4.8", due=due)


def may_grant(wanted: date, giver_due: date, *, is_root_owner: bool) -> Decision:
    """Whoever handed the task down grants days inside the own deadline; beyond it only the one who issued the task.

    What the issuer grants beyond a deadline on the way lifts that deadline too, so nobody's lies after the one above.
    """
    if is_root_owner or wanted <= giver_due:
        return ALLOWED
    text = gettext_noop("延到 %(wanted)s 超过您自己的完成期限 %(due)s，须由任务下达单位批准，或先为自己申请延期。")
    return refuse("extension_beyond", text, clause="附件4.8", wanted=wanted, due=giver_due)
