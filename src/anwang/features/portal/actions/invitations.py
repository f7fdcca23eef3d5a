"""The principal is invited by those who supervise, staff by the principal; an unused link is taken back (N10)."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from anwang.domain.base import Actor, Refusal, Right, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.portal.invitations import CODE_DIGITS, LASTS, TOKEN_BYTES, Invited
from anwang.domain.portal.staff import may_give, may_invite_staff
from anwang.features.assignments import queries as assignments
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises

from .. import queries
from ..models import Invitation
from ..permissions import may_keep_staff, may_send
from ..queries.invitations import decision_for, digest_of, invitation_for, invited_name, principals, sealed
from ..queries.staff import how_many


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
    return _link(by, now, firm, name=invited_name(firm, posts))


def invite_staff(
    *, by: Actor, now: datetime, name: str, title: str, rights: Collection[Right], until: date
) -> Link:  # fmt: skip
    """A new link and code for somebody of the principal's own enterprise, with these rights until that day, inclusive.

    Refuses `not_found`, `not_given`, `enterprise_closed`, `code_absent`, `name_missing`, `title_missing`, `staff_many`,
    `rights_missing`, `until_past`, `until_far`, `invitation_state`.
    """
    firm, day = queries.own_firm(by), local_day(now)
    insist(may_keep_staff(by, firm.id if firm else 0))
    assert firm is not None
    many = how_many(firm.id, now=now)
    insist(
        may_invite_staff(
            credit_code=firm.credit_code or "", name=name, title=title, closed=firm.status == "closed", many=many
        )
    )
    insist(may_give(rights, until, day))
    given = {"title": title.strip()[:60], "rights": sorted(rights), "until": until}
    return _link(by, now, firm, name=name.strip()[:60], **given)


def _link(by: Actor, now: datetime, firm: Any, **whom: Any) -> Link:
    token, code = secrets.token_urlsafe(TOKEN_BYTES), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    try:
        return Link(_keep(by, now, firm, token, code, whom), token, code)
    except IntegrityError:
        text = gettext_noop("刚刚有人发出了同样的邀请，请刷新后查看。")
        raise Refusal("invitation_state", text) from None


@transaction.atomic
def _keep(by: Actor, now: datetime, firm: Any, token: str, code: str, whom: dict[str, Any]) -> Invitation:
    earlier = Invitation.objects.filter(enterprise_id=firm.id, state=Invited.OPEN)
    same = earlier.filter(until__isnull=False, name=whom["name"]) if whom.get("until") else earlier.filter(until=None)
    same.update(state=Invited.REPLACED, ended_at=now, ended_by=by.name)
    digest = digest_of(token)
    row = Invitation.objects.create(
        enterprise_id=firm.id, token_digest=digest, code_digest=sealed(digest, firm.credit_code, code),
        person_id=by.person_id, by=by.name, made_at=now, expires_at=now + LASTS, **whom,
    )  # fmt: skip
    audit.record(
        by=by, now=now, action="portal.invite", target=f"invitation:{row.id}", enterprise=firm.id, rights=row.rights,
        until=row.until,
    )  # fmt: skip
    return row


@transaction.atomic
def revoke(*, by: Actor, now: datetime, invitation_id: int) -> None:
    """Take an invitation back before it is used. Refuses `not_found`, `not_yours`, `not_given`, `invitation_state`."""
    row = invitation_for(by, invitation_id)
    if row is not None and row.until is not None:
        insist(may_keep_staff(by, row.enterprise_id))
    else:
        _insist_sender(by, row and row.enterprise, now)
    ended = {"state": Invited.REVOKED, "ended_at": now, "ended_by": by.name}
    if not Invitation.objects.filter(id=invitation_id, state=Invited.OPEN).update(**ended):
        raise Refusal("invitation_state", gettext_noop("这份邀请已经使用或已经撤销，请刷新后查看。"))
    audit.record(by=by, now=now, action="portal.revoke", target=f"invitation:{invitation_id}")
