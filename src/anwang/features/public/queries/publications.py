"""Published papers: for everyone, and for the office that publishes them."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.cache import cache
from django.db.models import QuerySet

from anwang.domain.base import Actor
from anwang.domain.documents.tree import Disclosure
from anwang.domain.grid.codes import unit_range

from ..models import Publication

#: Where the number of `edition` is kept.
EDITION = "public:edition"


def shown() -> QuerySet[Publication]:
    """What everyone sees, the newest first: 主动公开 with its file, 依申请公开 by its title."""
    return Publication.objects.filter(withdrawn_at__isnull=True).order_by("-on", "-id")


def shown_one(publication_id: int) -> Publication | None:
    """A paper that everyone may fetch; None when it is withdrawn, or only to be asked for."""
    return shown().filter(id=publication_id, disclosure=Disclosure.PUBLIC).first()


def of_unit(unit: int) -> QuerySet[Publication]:
    """Everything a place and the places below ever published, the newest first."""
    low, high = unit_range(unit)
    return Publication.objects.filter(unit__gte=low, unit__lt=high).order_by("-published_at", "-id")


def one_for(publication_id: int, *, by: Actor) -> Publication | None:
    """One of the actor's territory, withdrawn ones too."""
    row = Publication.objects.filter(id=publication_id).first()
    return row if row is not None and by.territory.covers(row.unit) else None


def published_already(digests: Sequence[str]) -> frozenset[str]:
    """Those of the files that stand in the public list."""
    return frozenset(shown().filter(sha256__in=digests).values_list("sha256", flat=True))


def edition() -> int:
    """A number that another publication or withdrawal changes; kept in memory."""
    return int(cache.get(EDITION) or 0)
