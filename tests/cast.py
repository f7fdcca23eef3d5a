"""Six people in two counties of a small real piece of Linyi: who every test speaks of."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from anwang.domain.base import SYSTEM, Level
from anwang.domain.roster.codes import make_credit_code

CITY, LANSHAN, LUOZHUANG, TOWNSHIP = 371300000000, 371302000000, 371311000000, 371302101000
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
SINCE = date(2020, 3, 5)
#: key, name, kind, level, unit, what else.
MEMBERS: list[tuple[str, str, str, Level, int, dict[str, Any]]] = [
    ("city_office", "示例市办", "bureau", Level.CITY, CITY, {"is_office": True, "title": "调查评估科科长"}),
    ("county_leader", "示例县长", "county_bureau", Level.COUNTY, LANSHAN, {"is_office": True, "title": "局长"}),
    (
        "township_officer",
        "示例镇员",
        "township_safety",
        Level.TOWNSHIP,
        371302101000,
        {"is_office": True, "title": "站长"},
    ),
    ("village_cadre", "示例村主任", "village_principal", Level.VILLAGE, 371302101201, {"title": "村主任"}),
    ("principal", "示例厂长", "principal", Level.ENTERPRISE, 371302101201, {"is_supervisor": False}),
    ("stranger", "示例外县", "county_bureau", Level.COUNTY, LUOZHUANG, {"is_office": True, "title": "局长"}),
]
LEADERS = {"county_leader", "stranger"}


def make_grid(now: datetime) -> None:
    """The units, in force since 2020."""
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
            recorded_at=now,
        )
        for code, level, name, parent in UNITS
    )


def make_cast(now: datetime) -> SimpleNamespace:
    """The six, their two enterprises, and `sign_in`."""
    cast = SimpleNamespace(system=SYSTEM)
    cast.enterprise = make_enterprise("示例机械有限公司", "MA3EXAM1", 371302101201, now)
    cast.elsewhere = make_enterprise("示例邻区有限公司", "MA3EXAM2", 371311001001, now)
    for key, name, kind, level, unit, extra in MEMBERS:
        if key == "principal":
            extra = {**extra, "enterprise_id": cast.enterprise.id}
        setattr(cast, key, _member(key, name, kind, level, unit, extra, now))
    cast.sign_in = lambda who: _signed_in(getattr(cast, who).user)
    return cast


def make_enterprise(name: str, organisation: str, place: int, now: datetime, grade: str = "general") -> Any:
    """An operating enterprise with its dated facts; `organisation` is the first eight signs of its code."""
    from anwang.features.enterprises.models import Enterprise, GradeFact, PlaceFact, StatusFact
    from anwang.features.grid.queries import facts_of

    county, township = facts_of(place)
    where = {"place": place, "county": county, "township": township}
    code = make_credit_code(organisation, str(county))
    row = Enterprise.objects.create(
        name=name,
        credit_code=code,
        industry="machinery",
        industry_by="hand",
        grade=grade,
        is_demo=True,
        created_at=now,
        updated_at=now,
        **where,
    )
    base = {"enterprise": row, "valid_from": SINCE, "recorded_at": now}
    StatusFact.objects.create(status="operating", **base)
    PlaceFact.objects.create(method="code", **where, **base)
    GradeFact.objects.create(grade=grade, computed=grade, **base)
    return row


def _member(
    key: str, name: str, kind: str, level: Level, unit: int, extra: dict[str, Any], now: datetime
) -> SimpleNamespace:
    from anwang.features.accounts.models import Person, User
    from anwang.features.grid.models import Leadership, Post
    from anwang.features.grid.queries import actor_of, facts_of

    person = Person.objects.create(name=name, is_demo=True, created_at=now)
    county, township = facts_of(unit)
    dated = {"level": level, "unit": unit, "valid_from": SINCE, "recorded_at": now}
    post = Post.objects.create(person=person, kind=kind, county=county, township=township, **dated, **extra)
    if key in LEADERS:
        Leadership.objects.create(post=post, **dated)
    user = User.objects.create(username=key, person=person)
    actor = actor_of(post, user_id=user.id, leads=key in LEADERS)
    return SimpleNamespace(person=person, post=post, user=user, actor=actor)


def _signed_in(user: Any) -> Any:
    from django.test import Client

    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser
