"""The people of a demonstration as whom one may look around: a sign-in without a password, entered by one tap."""

from __future__ import annotations

from typing import Any

from anwang.domain.grid.codes import unit_range
from anwang.features.accounts import actions as accounts
from anwang.features.accounts import queries as account_queries
from anwang.features.accounts.actions import PersonData
from anwang.features.assignments import queries as assignments
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import actions as grid
from anwang.features.grid import queries as grid_queries
from anwang.features.grid.actions import PostData

from .chance import chance, marked_name
from .sizes import CITY
from .stage import Stage, moment
from .words import MARK

ADMINISTRATORS = (("system_admin", "系统管理员"), ("security_admin", "安全管理员"), ("audit_admin", "审计管理员"))
#: Kind of post → titles of those who may be entered; the first found in the first unit of the size.
ENTERED = {
    "bureau": ("局长", "调查评估科科长"),
    "county_bureau": ("局长", "综合协调股股长"),
    "township_leader": ("党委副书记、镇长", "党工委副书记、办事处主任"),
    "township_safety": ("应急管理办公室主任", "安全生产监督员"),
    "village_principal": ("党支部书记、主任",),
    "village_deputy": ("分管安全副主任",),
    "department": ("科长",),
}


def open_roles(stage: Stage) -> dict[str, Any]:
    """Sign-ins for one or two of each kind, for the principals of the enterprises they lead, for administrators."""
    chosen = [post for kind, titles in ENTERED.items() for title in titles for post in _first(stage, kind, title)]
    people = list(dict.fromkeys(post.person_id for post in chosen))
    names = {post.person_id: post.person.name for post in chosen}
    principals = _principals(stage, people)
    given = [_give(stage, key, names[key]) for key in people]
    given += [_give(stage, key, name) for key, name in principals[:2]]
    given += [_give(stage, *_administrator(stage, kind, title)) for kind, title in ADMINISTRATORS]
    return {"sign_ins": len(given), "principals": len(principals)}


def _first(stage: Stage, kind: str, title: str) -> list[Any]:
    low, high = unit_range(stage.unit)
    rows = grid_queries.posts(on=stage.start).filter(kind=kind, title=title)
    if kind.startswith(("township", "village")):
        rows = rows.filter(unit__gte=low, unit__lt=high)
    return list(rows.order_by("unit", "id")[:1])


def _principals(stage: Stage, people: list[int]) -> list[tuple[int, str]]:
    """Posts for the principals of enterprises, those whom the chosen people supervise first. (person, name)."""
    firms: dict[int, Any] = {}
    for person in people[::-1]:
        for each in assignments.of_person(person, on=stage.start)[:1]:
            firms.setdefault(each.enterprise_id, each.enterprise)
    firms |= {row.id: row for row in enterprises.operating().order_by("id")[: stage.size.principals]}
    rows = list(firms.values())[: stage.size.principals]
    now = moment(stage.start, 9, 30)
    data = [PersonData(row.principal, row.principal_phone, is_demo=True) for row in rows]
    made = accounts.create_people(by=stage.by, now=now, rows=data)
    posts = [
        PostData(person.id, "principal", row.place, stage.start, row.name[:80], "主要负责人", enterprise_id=row.id)
        for person, row in zip(made, rows, strict=True)
    ]
    grid.create_posts(by=stage.by, now=now, rows=posts)
    return [(person.id, person.name) for person in made]


def _administrator(stage: Stage, kind: str, title: str) -> tuple[int, str]:
    now, name = moment(stage.start, 9, 30), marked_name(chance(stage.seed, kind))
    person = accounts.create_people(by=stage.by, now=now, rows=[PersonData(name, is_demo=True)])[0]
    grid.create_posts(by=stage.by, now=now, rows=[PostData(person.id, kind, CITY, stage.start, title=title)])
    return person.id, name


def _give(stage: Stage, person_id: int, name: str) -> int:
    username = account_queries.free_username(name.removesuffix(MARK))
    now = moment(stage.start, 9, 40)
    user = accounts.give_sign_in(by=stage.by, now=now, person_id=person_id, username=username, password=None)
    return int(user.pk)
