"""An enterprise says what it thinks of a visit (四.4). Never asked for, once a visit, changed for some days."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, Refusal, Right, gettext_noop, given, insist
from anwang.domain.calendar import local_day
from anwang.domain.discipline.ratings import Opinion, may_rate
from anwang.features.audit import actions as audit
from anwang.features.policies import queries as policies

from .. import queries
from ..models import Rating
from .sealing import sealed

WORDS = 200


@transaction.atomic
def rate_visit(*, by: Actor, now: datetime, contact_id: int, opinion: Opinion, words: str = "") -> Rating:
    """Rate a visit, or change the rating. The trail says that a visit was rated, not by whom nor how.

    Refuses `not_found`, `rating_late`, `rating_settled`.
    """
    insist(given(by, Right.COMPLAIN))
    row = queries.visit(contact_id, by=by)
    if row is None or not by.territory.enterprises:
        raise Refusal("not_found", gettext_noop("没有找到这次督导。"))
    day = local_day(now)
    known = Rating.objects.select_for_update().filter(contact_id=contact_id).first()
    terms = policies.current().visits(day)
    decision = may_rate(
        row.occurred_on, known.rated_at if known else None, now, day, within_days=terms.rate_within_days,
        change_days=terms.rating_days,
    )  # fmt: skip
    if not decision:
        raise Refusal.of(decision)
    said = {"opinion": opinion.value, "words": words.strip()[:WORDS]}
    if known is not None:
        Rating.objects.filter(id=known.id).update(**said, changed_at=now)
    else:
        facts = {"enterprise_id": row.enterprise_id, "county": row.county, "township": row.township}
        # Two taps at once: the second finds the first and changes it.
        _, made = Rating.objects.get_or_create(
            contact_id=contact_id, defaults={**facts, **said, "on": row.occurred_on, "rated_at": now}
        )
        if not made:
            Rating.objects.filter(contact_id=contact_id).update(**said, changed_at=now)
    audit.record(by=sealed(by), now=now, action="visit.rate", target=f"contact:{contact_id}")
    return Rating.objects.get(contact_id=contact_id)
