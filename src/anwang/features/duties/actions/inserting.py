"""Many new obligations in one statement: a half-month of a city is 30,000 rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from anwang.domain.duties.opening import Opening
from anwang.features.enterprises.queries import Standing

from ..models import Obligation

COLUMNS = (
    "enterprise_id", "rule", "period", "county", "township", "person_id", "post_id", "level", "start", "due", "miss",
    "late", "waived_by", "waive_reason", "policy_version", "opened_at",
)  # fmt: skip


def insert_openings(
    openings: Iterable[Opening],
    standing: Mapping[int, Standing],
    levels: Mapping[int, str],
    now: datetime,
    version: str,
) -> None:
    """Write openings as rows, without a model object for each; the constraints of the table are the same."""
    names = {field.attname: field.column or field.attname for field in Obligation._meta.concrete_fields}
    quote = connection.ops.quote_name
    columns = ", ".join(quote(names[name]) for name in COLUMNS)
    places = ", ".join(["%s"] * len(COLUMNS))
    sql = f"INSERT INTO {quote(Obligation._meta.db_table)} ({columns}) VALUES ({places})"
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(_values(openings, standing, levels, now, version)))


def _values(
    openings: Iterable[Opening],
    standing: Mapping[int, Standing],
    levels: Mapping[int, str],
    now: datetime,
    version: str,
) -> Iterator[tuple[Any, ...]]:
    at = connection.ops.adapt_datetimefield_value(now)
    day = lru_cache(maxsize=None)(connection.ops.adapt_datefield_value)
    for each in openings:
        place = standing[each.enterprise]
        yield (
            each.enterprise, each.rule_code, each.period.key, place.county, place.township, each.person, each.post,
            levels[each.post], day(each.start), day(each.due), day(each.miss), False, "", "", version, at,
        )  # fmt: skip
