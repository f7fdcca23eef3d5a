"""The standing cast: six people in two counties of a small real piece of Linyi, known to every test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from anwang.domain.base import SYSTEM, Actor, Level
from tests.needs import pytest_runtest_setup  # noqa: F401 — no network, and programs that are there
from tests.pace import pytest_terminal_summary  # noqa: F401 — slow tests without their mark are named

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 11, 24)
CITY, LANSHAN, LUOZHUANG = 371300000000, 371302000000, 371311000000
#: 兰山区 白沙埠镇 and one of its villages; 罗庄区 is the neighbouring county.
UNITS = [
    (CITY, "city", "临沂市", 370000000000),
    (LANSHAN, "county", "兰山区", CITY),
    (LUOZHUANG, "county", "罗庄区", CITY),
    (371302101000, "township", "白沙埠镇", LANSHAN),
    (371302102000, "township", "枣园镇", LANSHAN),
    (371311001000, "township", "罗庄街道", LUOZHUANG),
    (371302101201, "village", "白沙埠村委会", 371302101000),
    (371302101202, "village", "朱潘村委会", 371302101000),
    (371302102201, "village", "枣园村委会", 371302102000),
    (371311001001, "village", "罗庄社区居委会", 371311001000),
]


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test touches the data folder of the checkout."""
    folder = tmp_path_factory.getbasetemp() / "anwang"
    settings.ANWANG_DATA = folder
    settings.MEDIA_ROOT = folder / "media"
    settings.KEYS_DIR = folder / "keys"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
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
    from anwang.features.grid.models import GridUnit
    from anwang.features.grid.queries import facts_of

    GridUnit.objects.bulk_create(
        GridUnit(
            code=code,
            level=level,
            name=name,
            parent=parent,
            county=facts_of(code)[0],
            township=facts_of(code)[1],
            valid_from=date(2020, 1, 1),
            recorded_at=NOW,
        )  # fmt: skip
        for code, level, name, parent in UNITS
    )
    return UNITS


@pytest.fixture
def cast(grid: Any, client: Any) -> SimpleNamespace:
    """city_office, county_leader, township_officer, village_cadre, principal, stranger: each with post, actor, user.

    `cast.sign_in(who)` gives a test client signed in as that person.
    """
    from django.test import Client

    from anwang.features.accounts.models import Person, User
    from anwang.features.enterprises.models import Enterprise, GradeFact, PlaceFact, StatusFact
    from anwang.features.grid.models import Leadership, Post
    from anwang.features.grid.queries import actor_of, facts_of

    def enterprise(name: str, code: str, place: int, grade: str = "general") -> Enterprise:
        county, township = facts_of(place)
        row = Enterprise.objects.create(
            name=name, credit_code=code, place=place, county=county, township=township, industry="machinery", grade=grade,
            is_demo=True, created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        base = {"enterprise": row, "valid_from": date(2020, 3, 5), "recorded_at": NOW}
        StatusFact.objects.create(status="operating", **base)
        PlaceFact.objects.create(place=place, county=county, township=township, method="code", **base)
        GradeFact.objects.create(grade=grade, computed=grade, **base)
        return row

    people = SimpleNamespace(enterprise=enterprise("示例机械有限公司", "91371302MA3EXAMP1X", 371302101201))
    people.elsewhere = enterprise("示例邻区有限公司", "91371311MA3EXAMP2Y", 371311001001)

    def member(key: str, name: str, kind: str, level: Level, unit: int, **extra: Any) -> None:
        person = Person.objects.create(name=name, is_demo=True, created_at=NOW)
        county, township = facts_of(unit)
        leader = extra.pop("leader", False)
        post = Post.objects.create(
            person=person, kind=kind, level=level, unit=unit, county=county, township=township,
            valid_from=date(2020, 3, 5), recorded_at=NOW, **extra,
        )  # fmt: skip
        if leader:
            Leadership.objects.create(unit=unit, level=level, post=post, valid_from=date(2020, 3, 5), recorded_at=NOW)
        user = User.objects.create(username=key, person=person)
        actor: Actor = actor_of(post, user_id=user.id, leads=leader)
        setattr(people, key, SimpleNamespace(person=person, post=post, user=user, actor=actor))

    member("city_office", "示例市办", "bureau", Level.CITY, CITY, is_office=True, title="调查评估科科长")
    member(
        "county_leader", "示例县长", "county_bureau", Level.COUNTY, LANSHAN, leader=True, is_office=True, title="局长"
    )
    member(
        "township_officer",
        "示例镇员",
        "township_safety",
        Level.TOWNSHIP,
        371302101000,
        title="安监站站长",
        is_office=True,
    )
    member("village_cadre", "示例村主任", "village_principal", Level.VILLAGE, 371302101201, title="村主任")
    member("principal", "示例厂长", "principal", Level.ENTERPRISE, 371302101201,
           enterprise_id=people.enterprise.id, is_supervisor=False)  # fmt: skip
    member("stranger", "示例外县", "county_bureau", Level.COUNTY, LUOZHUANG, leader=True, is_office=True, title="局长")
    people.system = SYSTEM

    def sign_in(who: str) -> Client:
        browser = Client()
        browser.force_login(getattr(people, who).user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    people.sign_in = sign_in
    return people


@pytest.fixture
def as_client(cast: SimpleNamespace) -> Iterator[Any]:
    """Shorthand for `cast.sign_in`."""
    yield cast.sign_in
