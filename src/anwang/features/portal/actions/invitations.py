"""The principal is invited, proves both codes, and takes over a name and a password (N10)."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from anwang.domain.base import SYSTEM, Actor, Reason, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.portal.invitations import CODE_DIGITS, LASTS, TOKEN_BYTES, TRIES, Invited
from anwang.features.accounts import actions as accounts
from anwang.features.accounts.actions import PersonData
from anwang.features.assignments import queries as assignments
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import actions as grid
from anwang.features.grid.actions import PostData
from anwang.features.notices import actions as notices

from ..models import Invitation
from ..permissions import may_send
from ..queries.invitations import decision_for, digest_of, invitation_for, invited_name, principals, sealed


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation with its secrets, which are shown once and kept nowhere: the link's token, and the spoken code."""

    invitation: Invitation
    token: str
    code: str


def _insist_sender(by: Actor, firm: Any, now: datetime) -> None:
    bound = bool(firm and by.person_id and assignments.is_bound(by.person_id, firm.id, on=local_day(now)))
    insist(may_send(by, visible=firm is not None, bound=bound))


def invite(*, by: Actor, now: datetime, enterprise_id: int) -> Link:
    """A new link and code for the enterprise's principal, good for seven days; one sent before ends with it.

    Refuses `not_found`, `not_yours`, `has_sign_in`, `code_absent`, `principal_absent`, `enterprise_closed`,
    `invitation_state` when two invite at once.
    """
    firm = enterprises.find(enterprise_id, by=by)
    _insist_sender(by, firm, now)
    assert firm is not None
    posts = principals(firm.id, day=local_day(now))
    insist(decision_for(firm, posts))
    token, code = secrets.token_urlsafe(TOKEN_BYTES), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    try:
        return Link(_keep(by, now, firm, invited_name(firm, posts), token, code), token, code)
    except IntegrityError:
        text = gettext_noop("刚刚有人邀请了这家企业，请刷新后查看。")
        raise Refusal("invitation_state", text) from None


@transaction.atomic
def _keep(by: Actor, now: datetime, firm: Any, name: str, token: str, code: str) -> Invitation:
    earlier = Invitation.objects.filter(enterprise_id=firm.id, state=Invited.OPEN)
    earlier.update(state=Invited.REPLACED, ended_at=now, ended_by=by.name)
    digest = digest_of(token)
    row = Invitation.objects.create(
        enterprise_id=firm.id, name=name, token_digest=digest, code_digest=sealed(digest, firm.credit_code, code),
        person_id=by.person_id, by=by.name, made_at=now, expires_at=now + LASTS,
    )  # fmt: skip
    audit.record(by=by, now=now, action="portal.invite", target=f"invitation:{row.id}", enterprise=firm.id)
    return row


@transaction.atomic
def revoke(*, by: Actor, now: datetime, invitation_id: int) -> None:
    """Take an invitation back before it is used. Refuses `not_found`, `not_yours`, `invitation_state`."""
    row = invitation_for(by, invitation_id)
    _insist_sender(by, row and row.enterprise, now)
    ended = {"state": Invited.REVOKED, "ended_at": now, "ended_by": by.name}
    if not Invitation.objects.filter(id=invitation_id, state=Invited.OPEN).update(**ended):
        raise Refusal("invitation_state", gettext_noop("这份邀请已经使用或已经撤销，请刷新后查看。"))
    audit.record(by=by, now=now, action="portal.revoke", target=f"invitation:{invitation_id}")


def _wrong() -> Refusal:
    """The one answer to whatever is not right: it does not tell what."""
    text = gettext_noop("没有通过核对：链接已失效，或信用代码、验证码不对。请与邀请您的人核对，或请其重新邀请。")
    return Refusal("invitation_wrong", text)


def _gone() -> Refusal:
    text = gettext_noop("这份邀请已经使用、撤销或过期，请联系邀请您的人。")
    return Refusal("invitation_gone", text)


def prove(*, by: Actor, now: datetime, token: str, credit_code: str, code: str) -> Invitation:
    """The invitation whose link, credit code and code somebody has. Refuses `invitation_wrong`, whatever is wrong.

    A try is counted before it is compared and stays counted, so that many at once are no more than five.
    """
    digest = digest_of(token)
    given = sealed(digest, credit_code, code)
    rows = Invitation.objects.filter(token_digest=digest)
    live = rows.filter(state=Invited.OPEN, expires_at__gt=now, tries__lt=TRIES)
    counted = live.update(tries=F("tries") + 1)
    row = rows.select_related("enterprise").first()
    right = hmac.compare_digest(row.code_digest if row else digest, given)
    if row is None or not counted or not right:
        if row is not None and counted:
            audit.record(
                by=by, now=now, action="portal.prove", target=f"invitation:{row.id}", outcome="refused",
                left=max(0, TRIES - row.tries),
            )  # fmt: skip
        raise _wrong()
    return row


@transaction.atomic
def accept(*, now: datetime, by: Actor, invitation_id: int, proof: str, username: str, password: str) -> Any:
    """The principal's sign-in, with the name and password chosen; the link is used up. Returns the user.

    `proof` is the digest of the link that `prove` found right. Refuses `invitation_gone`, `has_sign_in`,
    `bad_username`, `username_taken`, `weak_password`; refused, the link stays.
    """
    open_now = Invitation.objects.filter(id=invitation_id, token_digest=proof, state=Invited.OPEN, expires_at__gt=now)
    row = Invitation.objects.select_related("enterprise").filter(id=invitation_id, token_digest=proof).first()
    if row is None or not open_now.update(state=Invited.USED, ended_at=now, ended_by=row.name):
        raise _gone()
    owner = replace(SYSTEM, name=row.name)
    person_id = _person(row, owner, now)
    user = accounts.give_sign_in(by=owner, now=now, person_id=person_id, username=username, password=password)
    audit.record(
        by=replace(by, name=row.name, person_id=person_id), now=now, action="portal.accept",
        target=f"invitation:{row.id}", enterprise=row.enterprise_id, user=user.pk,
    )  # fmt: skip
    _tell(row, owner, now)
    return user


def _person(row: Invitation, owner: Actor, now: datetime) -> int:
    """Who holds the principal's post under the name invited; else the person and post begin now.

    A post of another name ends, and what it gave with it: the roster names a new principal.
    """
    day, firm = local_day(now), row.enterprise
    posts = principals(firm.id, day=day)
    insist(decision_for(firm, posts))
    if invited_name(firm, posts) != row.name:
        raise _gone()  # the roster names somebody else by now
    if known := next((post for post in posts if post.person.name == row.name), None):
        return int(known.person_id)
    for post in posts:
        reason = gettext_noop("企业主要负责人变更")
        grid.end_post(by=owner, now=now, post_id=post.id, on=max(day, post.valid_from), reason=reason)
    phone = firm.principal_phone if firm.principal == row.name else ""
    person = accounts.create_people(by=owner, now=now, rows=[PersonData(row.name, phone, is_demo=firm.is_demo)])[0]
    post_of = PostData(person.id, "principal", firm.place, day, firm.name[:80], "主要负责人", enterprise_id=firm.id)
    grid.create_posts(by=owner, now=now, rows=[post_of])
    return int(person.id)


def _tell(row: Invitation, owner: Actor, now: datetime) -> None:
    if row.person_id is None:
        return
    text = gettext_noop("%(firm)s 的主要负责人已开通登录")
    notices.enqueue(
        by=owner, now=now, to=row.person_id, kind="invitation", key=f"invitation:{row.id}:used",
        title=Reason("invitation.used", text, {"firm": row.enterprise.name}),
        link=f"/enterprises/{row.enterprise_id}/invitation/",
    )  # fmt: skip
