"""The invitation of an enterprise's principal: a link and, apart from it, a code; bound to the credit code (N10)."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse

#: How long a link may be used, and how often the codes may be tried on it.
LASTS = timedelta(days=7)
TRIES = 5
#: How long somebody who proved both codes may take over name and password.
PROOF_LASTS = timedelta(minutes=30)
CODE_DIGITS = 6
TOKEN_BYTES = 24


class Invited(StrEnum):
    """Where an invitation is."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    REPLACED = "replaced"

    @property
    def label(self) -> str:
        return INVITED_LABELS[self]


INVITED_LABELS = {
    Invited.OPEN: gettext_noop("等待企业使用"),
    Invited.USED: gettext_noop("已使用"),
    Invited.REVOKED: gettext_noop("已撤销"),
    Invited.REPLACED: gettext_noop("已重新邀请"),
}
TRANSITIONS: dict[Invited, frozenset[Invited]] = {
    Invited.OPEN: frozenset({Invited.USED, Invited.REVOKED, Invited.REPLACED}),
    Invited.USED: frozenset(),
    Invited.REVOKED: frozenset(),
    Invited.REPLACED: frozenset(),
}


def usable(state: Invited, expires_at: datetime, tries: int, now: datetime) -> bool:
    """Whether the link still leads anywhere: open, not run out, tries left."""
    return Invited.USED in TRANSITIONS[state] and now < expires_at and tries < TRIES


def may_use(state: Invited, expires_at: datetime, tries: int, now: datetime) -> Decision:
    """As `usable`, with a sentence for whoever holds the link: it says what to do next."""
    if state is Invited.USED:
        text = gettext_noop("这份邀请已经使用过了，请直接登录；忘记密码的，请联系邀请您的人。")
        return refuse("invitation_used", text)
    if state is Invited.REVOKED:
        return refuse("invitation_revoked", gettext_noop("这份邀请已被撤销，请联系邀请您的人。"))
    if state is Invited.REPLACED:
        return refuse("invitation_replaced", gettext_noop("已有一份新的邀请，请使用最近收到的链接和验证码。"))
    if now >= expires_at:
        text = gettext_noop("这份邀请已超过 %(n)s 天，请联系邀请您的人重新邀请。")
        return refuse("invitation_expired", text, n=LASTS.days)
    return ALLOWED if tries < TRIES else tries_used_up()


def tries_used_up() -> Decision:
    """Nobody guesses on."""
    text = gettext_noop("错了 %(n)s 次，这份邀请已停用，请联系邀请您的人重新邀请。")
    return refuse("invitation_tries", text, n=TRIES)


def no_such_link() -> Decision:
    """The address was cut short or typed wrong."""
    text = gettext_noop("没有这份邀请，请完整复制收到的链接；还不行的，请联系邀请您的人重新邀请。")
    return refuse("invitation_unknown", text)


def wrong_codes(left: int) -> Decision:
    """Credit code and code are told wrong together: who has the link alone does not learn which of them is right."""
    if left <= 0:
        return tries_used_up()
    text = gettext_noop("信用代码或验证码不对，请对照营业执照并与邀请您的人核对，还可以试 %(n)s 次。")
    return refuse("invitation_wrong", text, n=left)


def may_invite(*, credit_code: str, name: str, has_sign_in: bool, closed: bool) -> Decision:
    """Whether there is somebody to invite, and something to bind the invitation to."""
    if has_sign_in:
        text = gettext_noop("企业主要负责人已有登录名，不需要再邀请；忘记密码请联系安全管理员重置。")
        return refuse("has_sign_in", text)
    if closed:
        return refuse("enterprise_closed", gettext_noop("企业已关闭注销，不需要邀请。"))
    if not credit_code:
        return refuse("code_absent", gettext_noop("这家企业还没有统一社会信用代码，请先在名册中补全再邀请。"))
    if not name.strip():
        return refuse("principal_absent", gettext_noop("名册中没有企业主要负责人的姓名，请先补全再邀请。"))
    return ALLOWED


def plain_code(text: str) -> str:
    """A credit code or a code of digits as typed on a phone: full-width signs, small letters and gaps do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()
