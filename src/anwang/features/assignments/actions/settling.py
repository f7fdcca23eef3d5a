"""Ending what has lost its ground: posts that ended, enterprises that closed or moved (N1, N2). And re-gridding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from anwang.domain.base import Actor, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.grid.codes import covers
from anwang.features.audit import actions as audit
from anwang.features.work import actions as work

from ..models import Assignment, Part
from ..queries import bare
from .adopting import RECONCILE
from .papers import void_papers

POST_ENDED = gettext_noop("任职结束")
CLOSED = gettext_noop("企业关闭注销")
MOVED_AWAY = gettext_noop("企业迁出管辖范围")
_FIELDS = (
    *("id", "enterprise_id", "county", "township", "valid_from", "enterprise__status", "enterprise__closed_on"),
    *("enterprise__place", "enterprise__county", "enterprise__township", "post__unit", "post__valid_to"),
)


@transaction.atomic
def settle(*, by: Actor, now: datetime) -> dict[str, Any]:
    """End assignments whose post has ended or whose enterprise has closed or left the post's territory, with their
    papers; let the others follow their enterprise's place. Idempotent.

    Returns `ended`, `moved`, and `orphans`: operating enterprises that nobody leads now (一 全企覆盖).
    """
    day = local_day(now)
    endings, moves = _judge(day)
    for (stop, reason), ids in endings.items():
        for start in range(0, len(ids), 800):
            rows = Assignment.objects.filter(id__in=ids[start : start + 800])
            rows.update(valid_to=stop, end_reason=reason, ended_at=now)
    ended = [key for ids in endings.values() for key in ids]
    void_papers(by, now, ended)
    for key, county, township in moves:
        Assignment.objects.filter(id=key).update(county=county, township=township)
    orphans = bare.bare_enterprises(by, on=day).count()
    if ended or moves:
        reasons = Counter(reason for (_, reason), ids in endings.items() for _ in ids)
        audit.record(by=by, now=now, action="assign.settle", ended=len(ended), moved=len(moves), reasons=dict(reasons))
        work.start(by=by, now=now, handler=RECONCILE, label=gettext_noop("移交未完成的职责"), params={})
    return {"ended": len(ended), "moved": len(moves), "orphans": orphans}


def _judge(day: date) -> tuple[dict[tuple[date, str], list[int]], list[tuple[int, int, int]]]:
    """(assignments to end by day and reason, assignments whose groups follow the enterprise)."""
    endings: dict[tuple[date, str], list[int]] = {}
    moves = []
    for row in _running(day):
        stop, reason = _ending(row, day)
        if stop is not None:
            endings.setdefault((max(stop, row["valid_from"]), reason), []).append(row["id"])
        elif (row["county"], row["township"]) != (row["enterprise__county"], row["enterprise__township"]):
            moves.append((row["id"], row["enterprise__county"], row["enterprise__township"]))
    return endings, moves


def _running(day: date) -> Iterator[dict[str, Any]]:
    """Assignments without an end, and deputies whose end is still ahead."""
    standing = Q(valid_to__isnull=True) | Q(part=Part.DEPUTY, valid_to__gt=day)
    rows = Assignment.objects.filter(standing).order_by("id").values(*_FIELDS)
    return rows.iterator(chunk_size=10000)


def _ending(row: dict[str, Any], day: date) -> tuple[date | None, str]:
    if row["enterprise__status"] == "closed":
        return min(row["enterprise__closed_on"] or day, day), CLOSED
    if row["post__valid_to"] is not None and row["post__valid_to"] <= day:
        return row["post__valid_to"], POST_ENDED
    if not covers(row["post__unit"], row["enterprise__place"]):
        return day, MOVED_AWAY
    return None, ""


@transaction.atomic
def move_units(
    *, by: Actor, now: datetime, on: date, mapping: Mapping[int, int], posts: Mapping[int, int] | None = None
) -> dict[str, int]:
    """Follow a re-gridding (三.1): running assignments take the successor of their post and the groups of their
    enterprise's new code; nobody loses an enterprise, signed letters stay valid. Enterprises have moved before.

    Returns {"assignments": moved}. Idempotent.
    """
    heirs, changed = dict(posts or {}), []
    rows = Assignment.objects.filter(valid_to__isnull=True).select_related("enterprise").order_by("id")
    for row in rows.iterator(chunk_size=5000):
        wanted = heirs.get(row.post_id, row.post_id), row.enterprise.county, row.enterprise.township
        if wanted != (row.post_id, row.county, row.township):
            row.post_id, row.county, row.township = wanted
            changed.append(row)
    Assignment.objects.bulk_update(changed, ["post", "county", "township"], batch_size=300)
    if changed:
        audit.record(by=by, now=now, action="assign.regrid", assignments=len(changed), on=on, units=len(mapping))
    return {"assignments": len(changed)}
