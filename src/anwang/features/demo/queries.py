"""Whether this database holds the demo and nothing else."""

from __future__ import annotations

from anwang.features.accounts import queries as accounts
from anwang.features.enterprises import queries as enterprises

from .models import DemoRun


def real_data() -> list[str]:
    """Names of a few people or enterprises that are not marked 示例."""
    return [*enterprises.real_names(limit=3), *accounts.real_names(limit=3)]


def current_run() -> DemoRun | None:
    """The demonstration that this database holds or is being filled with."""
    return DemoRun.objects.order_by("id").first()
