"""The standing cast: six people in two counties of a small real piece of Linyi, known to every test."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches

from tests.cast import UNITS, make_cast, make_grid
from tests.needs import pytest_runtest_setup  # noqa: F401 — no network, and programs that are there
from tests.pace import pytest_terminal_summary  # noqa: F401 — slow tests without their mark are named

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _own_services(settings: Any) -> None:
    """Long work runs at once; no test sees another's cache. Folders are this process's own (tests/settings.py)."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    caches["default"].clear()
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "progress": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "progress"},
    }


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def grid(db: None) -> list[tuple[int, str, str, int]]:
    """The small tree, in force since 2020."""
    make_grid(NOW)
    return UNITS


@pytest.fixture
def cast(grid: Any) -> SimpleNamespace:
    """city_office, county_leader, township_officer, village_cadre, principal, stranger: each with post, actor, user.

    `cast.sign_in(who)` gives a test client signed in as that person.
    """
    return make_cast(NOW)


@pytest.fixture
def as_client(cast: SimpleNamespace) -> Any:
    """Shorthand for `cast.sign_in`."""
    return cast.sign_in
