"""Whoever was invited proves link and codes, and takes over a name and a password (N10)."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from anwang.domain.base import SYSTEM, Actor, Reason, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.portal.invitations import TRIES, Invited, may_use, no_such_link, tries_used_up, wrong_codes
from anwang.features.accounts import actions as accounts
from anwang.features.accounts.actions import PersonData
from anwang.features.audit import actions as audit
from anwang.features.grid import actions as grid
from anwang.features.grid.actions import PostData
from anwang.features.notices import actions as notices

from ..models import Invitation
from ..queries.invitations import decision_for, digest_of, invited_name, principals, sealed
from ..queries.staff import staff_posts

FOLLOWED = gettext_noop("企业主要负责人变更")


def _gone() -> Refusal:
    text = gettext_noop("这份邀请已经使用、撤销或过期，请联系邀请您的人。")
    return Refusal("invitation_gone", text)


def prove(*, by: Actor, now: datetime, token: str, credit_code: str, code: str) -> Invitation:
    """The invitation whose link, credit code and code somebody has. Refuses `invitation_unknown`, `_used`, `_revoked`,
    `_replaced`, `_expired`, `_tries`; `invitation_wrong` when one of the codes is wrong, without telling which.

    A try is counted before it is compared and stays counted, so that many at once are no more than five.
    """
    digest = digest_of(token)
    given = sealed(digest, credit_code, code)
    rows = Invitation.objects.filter(token_digest=digest)
    live = rows.filter(state=Invited.OPEN, expires_at__gt=now, tries__lt=TRIES)
    counted = live.update(tries=F("tries") + 1)
    row = rows.select_related("enterprise").first()
    if row is None:
        raise Refusal.of(no_such_link())
    if not counted:
        insist(may_use(Invited(row.state), row.expires_at, row.tries, now))
        raise Refusal.of(tries_used_up())  # others used up the tries between the count and the look
    if not hmac.compare_digest(row.code_digest, given):
        left = max(0, TRIES - row.tries)
        audit.record(by=by, now=now, action="portal.prove", target=f"invitation:{row.id}", outcome="refused", left=left)
        raise Refusal.of(wrong_codes(left))
    return row


@transaction.atomic
def accept(*, now: datetime, by: Actor, invitation_id: int, proof: str, username: str, password: str | None) -> Any:
    """The sign-in of whoever was invited, with the name and password chosen; the link is used up. Returns the user.

    `proof` is the digest of the link that `prove` found right. Without a password only the demonstration's one tap
    opens it. Refuses `invitation_gone`, `has_sign_in`,
    `bad_username`, `username_taken`, `weak_password`; refused, the link stays.
    """
    open_now = Invitation.objects.filter(id=invitation_id, token_digest=proof, state=Invited.OPEN, expires_at__gt=now)
    row = Invitation.objects.select_related("enterprise").filter(id=invitation_id, token_digest=proof).first()
    if row is None or not open_now.update(state=Invited.USED, ended_at=now, ended_by=row.name):
        raise _gone()
    owner = replace(SYSTEM, name=row.name)
    person_id = _staff(row, owner, now) if row.until else _principal(row, owner, now)
    user = accounts.give_sign_in(by=owner, now=now, person_id=person_id, username=username, password=password)
    audit.record(
        by=replace(by, name=row.name, person_id=person_id), now=now, action="portal.accept",
        target=f"invitation:{row.id}", enterprise=row.enterprise_id, user=user.pk,
    )  # fmt: skip
    _tell(row, owner, now)
    return user


def _principal(row: Invitation, owner: Actor, now: datetime) -> int:
    """Who holds the principal's post under the name invited; else the person and post begin now.

    A post of another name ends, and what it gave to staff with it: the roster names a new principal.
    """
    day, firm = local_day(now), row.enterprise
    posts = principals(firm.id, day=day)
    insist(decision_for(firm, posts))
    if invited_name(firm, posts) != row.name:
        raise _gone()  # the roster names somebody else by now
    if known := next((post for post in posts if post.person.name == row.name), None):
        return int(known.person_id)
    given = [post for post in staff_posts(firm.id, day=day) if post.given_by_id in {each.person_id for each in posts}]
    for post in [*posts, *given]:
        grid.end_post(by=owner, now=now, post_id=post.id, on=max(day, post.valid_from), reason=FOLLOWED)
    unused = Invitation.objects.filter(enterprise_id=firm.id, state=Invited.OPEN, until__isnull=False)
    unused.update(state=Invited.REVOKED, ended_at=now, ended_by=row.name)
    phone = firm.principal_phone if firm.principal == row.name else ""
    return _begin(row, owner, now, "principal", phone, title="主要负责人")


def _staff(row: Invitation, owner: Actor, now: datetime) -> int:
    """A person with the rights that were given, as long as whoever gave them is the principal still.

    The phone of the safety officer is known already and not asked for again.
    """
    day, firm = local_day(now), row.enterprise
    givers = {post.person_id for post in principals(firm.id, day=day)}
    if row.until is None or row.until < day or row.person_id not in givers or firm.status == "closed":
        raise _gone()
    phone = firm.safety_phone if firm.safety_officer == row.name else ""
    return _begin(
        row, owner, now, "staff", phone, title=row.title, valid_to=row.until + timedelta(days=1),
        rights=tuple(row.rights), given_by=row.person_id,
    )  # fmt: skip


def _begin(row: Invitation, owner: Actor, now: datetime, kind: str, phone: str, **post: Any) -> int:
    firm = row.enterprise
    person = accounts.create_people(by=owner, now=now, rows=[PersonData(row.name, phone, is_demo=firm.is_demo)])[0]
    data = PostData(
        person.id, kind, firm.place, local_day(now), organisation=firm.name[:80], enterprise_id=firm.id, **post
    )
    grid.create_posts(by=owner, now=now, rows=[data])
    return int(person.id)


def _tell(row: Invitation, owner: Actor, now: datetime) -> None:
    """Whoever invited learns that the invitation was used."""
    if row.person_id is None:
        return
    if row.until:
        title = Reason("invitation.staff", gettext_noop("%(name)s 已开通登录"), {"name": row.name})
        link = "/our/staff/"
    else:
        text = gettext_noop("%(firm)s 的主要负责人已开通登录")
        title = Reason("invitation.used", text, {"firm": row.enterprise.name})
        link = f"/enterprises/{row.enterprise_id}/invitation/"
    notices.enqueue(
        by=owner, now=now, to=row.person_id, kind="invitation", key=f"invitation:{row.id}:used", title=title, link=link
    )
