"""Whether a visit may be on a day: the one answer for the button, the field and the act."""

from __future__ import annotations

from datetime import date

from anwang.domain.base import Decision
from anwang.domain.visits.announcing import Merge, Open, Terms, may_visit, merges

from ..models import State, Visit, Wish, WishKind
from . import rows, season


def check_day(
    enterprise: int, day: date, *, today: date, party: int = 1, visit: int | None = None, noticed: bool = False
) -> Decision:
    """Every reason against a visit of so many people on a day. Four queries. `visit` is the one that is moved."""
    terms = season.rules(day)
    on_day, in_month = rows.counts_of(enterprise, day, but=visit)
    standing = Wish.objects.filter(
        enterprise_id=enterprise, kind=WishKind.IMPOSSIBLE, withdrawn_at__isnull=True, first__lte=day, last__gte=day
    )
    known = Terms(
        clause=terms.clause, per_day=terms.per_day, per_month=terms.per_month, notice_days=terms.notice_days,
        party_size=terms.party_size, quiet=season.is_quiet(day), impossible=standing.exists(), on_day=on_day,
        in_month=in_month,
    )  # fmt: skip
    return may_visit(day, today, known, party=party, noticed=noticed)


def merge_proposals(visits: list[Visit], *, today: date) -> list[Merge]:
    """Which of the visits had better be one; announced days stay, then those with most duties."""
    terms = season.rules(today)
    standing = [
        Open(row.id, row.enterprise_id, row.person_id, row.day, row.party,
             100 * (row.state == State.ANNOUNCED) + len(row.duties))
        for row in visits if row.day >= today
    ]  # fmt: skip
    return merges(standing, within_days=terms.merge_within_days, party_size=terms.party_size)
