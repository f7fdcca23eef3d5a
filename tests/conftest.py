"""The standing cast: six people in two counties of a small real piece of Linyi, known to every test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from django.db import connection

from anwang.features.policies import queries as policies
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
def own_connections() -> None:
    """Threads need a database that each of them can connect to: PostgreSQL, or SQLite in a file."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("threads cannot share a database in memory")


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def revised(settings: Any, tmp_path: Path) -> Callable[[str, str, str], str]:
    """Put a policy in force that differs from the last one: `revised(file, old, new)` gives its version."""

    def change(file: str, old: str, new: str) -> str:
        copy = Path(tempfile.mkdtemp(dir=tmp_path)) / settings.POLICY_NAME
        shutil.copytree(policies.folder(), copy)
        text = (copy / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
        (copy / file).write_text(text.replace(old, new), encoding="utf-8")
        settings.POLICIES_DIR = copy.parent
        return policies.current().version

    return change


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
