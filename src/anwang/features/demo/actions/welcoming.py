"""Enterprises of a demonstration on their own side: invited, waiting with a declaration, with staff (N10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from anwang.domain.base import Actor, Right
from anwang.domain.calendar import local_day
from anwang.domain.portal.declarations import Topic
from anwang.features.accounts import queries as accounts
from anwang.features.assignments import queries as assignments
from anwang.features.grid import queries as grid
from anwang.features.portal import actions as portal

from .stage import Stage

INVITED = 2
RETURNED = "人数含劳务派遣，请按在册从业人数重报"


def welcome(stage: Stage) -> dict[str, Any]:
    """Two invitations, one declaration that waits and one that came back, one enterprise that found all right."""
    day = local_day(stage.until)
    known = [user.person_id for user in accounts.sign_ins() if user.person_id]
    posts = list(grid.posts(on=day).filter(kind="principal", person_id__in=known).order_by("id")[:2])
    firms = [firm for post in posts for firm in _neighbours(stage, post)]
    invited = [_invite(stage, key) for key in list(dict.fromkeys(firms))[:INVITED]]
    said = [_declare(stage, post, number) for number, post in enumerate(posts)]
    staff = [_staff(stage, post) for post in posts[:1]]
    return {"invited": len(invited), "declared": len(said), "staff": len(staff)}


def _neighbours(stage: Stage, post: Any) -> list[int]:
    """The next enterprises of the same lead, so that whoever looks around as the lead finds them. Of those without a
    principal's post it is the roster that names whom to invite."""
    day, lead = local_day(stage.until), _lead(stage, post.enterprise_id).person_id
    rows = assignments.of_person(lead, on=day) if lead else assignments.of_enterprise(0, on=day)
    have = set(grid.posts(on=day).filter(kind="principal").values_list("enterprise_id", flat=True))
    free = [row.enterprise for row in rows if row.enterprise_id not in have]
    return [firm.id for firm in free if firm.credit_code and firm.principal and firm.status == "operating"][:INVITED]


def _lead(stage: Stage, enterprise: int) -> Actor:
    """Who leads the enterprise, in the words of a demonstration: the system under that name."""
    lead = assignments.of_enterprise(enterprise, on=local_day(stage.until)).first()
    return replace(stage.by, name=lead.person.name, person_id=lead.person_id) if lead else stage.by


def _invite(stage: Stage, enterprise: int) -> int:
    at = stage.until - timedelta(days=2)
    return int(portal.invite(by=_lead(stage, enterprise), now=at, enterprise_id=enterprise).invitation.id)


def _staff(stage: Stage, post: Any) -> int:
    """A safety officer with a part of the principal's access; entered by one tap, without a password."""
    by, at = grid.actor_of(post, user_id=None, leads=False), stage.until - timedelta(days=20)
    rights, until = [Right.SEE, Right.RECTIFY, Right.NOTICES], local_day(at) + timedelta(days=300)
    link = portal.invite_staff(by=by, now=at, name="赵安（示例）", title="安全管理员", rights=rights, until=until)
    said = {"proof": link.invitation.token_digest, "username": "zhaoan"}
    return int(portal.accept(by=stage.by, now=at, invitation_id=link.invitation.id, password=None, **said).pk)


def _declare(stage: Stage, post: Any, number: int) -> int:
    by = grid.actor_of(post, user_id=None, leads=False)
    at = stage.until - timedelta(days=9 if number else 1)
    portal.affirm(by=by, now=stage.until - timedelta(days=30))
    values = {"headcount": 137, "safety_officer": "赵安（示例）"}
    made = portal.declare(by=by, now=at, topic=Topic.FACTS, values=values)
    if number:
        portal.return_declaration(
            by=_lead(stage, post.enterprise_id), now=at + timedelta(days=1), declaration_id=made.id, reason=RETURNED
        )
    else:
        point = {"name": "污水处理站有限空间", "location": "厂区北侧", "persons": 2, "hazards": ["poisoning"]}
        portal.declare(by=by, now=at, topic=Topic.POINT_NEW, values=point)
    return int(made.id)
