"""Invitations as the inviter sees them, and whether a link still leads anywhere."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from anwang.domain.base import Actor, Decision
from anwang.domain.portal.invitations import Invited, may_invite, plain_code, usable
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid

from ..models import Invitation


def digest_of(token: str) -> str:
    """What is kept of a link: it is long and drawn by chance, so that a plain hash does."""
    return hashlib.sha256(token.encode()).hexdigest()


def sealed(token_digest: str, credit_code: str, code: str) -> str:
    """What is kept of the code, bound to the link and to the credit code; six digits need a key of ours."""
    said = f"portal.invitation:{token_digest}:{plain_code(credit_code)}:{plain_code(code)}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()


def principals(enterprise_id: int, *, day: date) -> list[Any]:
    """Posts of principals of an enterprise on a day, each with its person and `user` (None without a sign-in)."""
    rows = grid.posts(on=day).filter(kind="principal", enterprise_id=enterprise_id).select_related("person__user")
    return list(rows.order_by("id"))


def sign_in_of(post: Any) -> Any | None:
    """The sign-in of a post's person, read with it."""
    return getattr(post.person, "user", None)


def invited_name(firm: Any, posts: list[Any]) -> str:
    """Whom an invitation is for: the principal that the roster names, else who holds the post."""
    return firm.principal or (posts[0].person.name if posts else "")


def has_sign_in(firm: Any, posts: list[Any]) -> bool:
    """Whether the principal whom the roster names signs in already; one of another name is to be followed."""
    name = invited_name(firm, posts)
    return any(post.person.name == name and sign_in_of(post) for post in posts)


def decision_for(firm: Any, posts: list[Any]) -> Decision:
    """Whether the enterprise's principal may be invited now."""
    return may_invite(
        credit_code=firm.credit_code or "", name=invited_name(firm, posts), closed=firm.status == "closed",
        has_sign_in=has_sign_in(firm, posts),
    )  # fmt: skip


def held(token_digest: str, *, now: datetime, proved: bool = False) -> Invitation | None:
    """The invitation that a link leads to while it may be used; after both codes were proved tries do not count."""
    row = Invitation.objects.filter(token_digest=token_digest).select_related("enterprise").first()
    if row is None or not usable(Invited(row.state), row.expires_at, 0 if proved else row.tries, now):
        return None
    return row


@dataclass(frozen=True, slots=True)
class InvitePage:
    """What the inviter sees: the enterprise, whom to invite, whether that may be, what was sent before."""

    firm: Any
    name: str
    decision: Decision
    signed_in: bool
    open: Invitation | None
    usable: bool
    past: list[Invitation]


def invite_page(enterprise_id: int, *, by: Actor, now: datetime, day: date) -> InvitePage | None:
    """None outside the territory. Three queries."""
    firm = enterprises.find(enterprise_id, by=by)
    if firm is None:
        return None
    posts = principals(firm.id, day=day)
    rows = list(Invitation.objects.filter(enterprise_id=firm.id).order_by("-id")[:10])
    current = next((row for row in rows if row.state == Invited.OPEN), None)
    live = bool(current and usable(Invited(current.state), current.expires_at, current.tries, now))
    return InvitePage(
        firm, invited_name(firm, posts), decision_for(firm, posts), has_sign_in(firm, posts), current,
        live, [row for row in rows if row is not current],
    )  # fmt: skip


def invitation_for(by: Actor, invitation_id: int) -> Invitation | None:
    """One invitation of an enterprise inside the territory."""
    row = Invitation.objects.filter(id=invitation_id).select_related("enterprise").first()
    return row if row and enterprises.find(row.enterprise_id, by=by) else None
