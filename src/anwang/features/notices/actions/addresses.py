"""One's own address on a channel: proved by a code, switched off, removed. The trail never holds the address."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from anwang.adapters.channels import Channel, ChannelFault, Outgoing, ready_channels
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.features.audit import actions as audit

from ..models import Address

CODE_LASTS = timedelta(minutes=30)
CODE_PAUSE = timedelta(seconds=60)
CODE_TRIES = 5


def send_code(*, by: Actor, now: datetime, channel: str, value: str) -> None:
    """Keep one's own address on a channel, unproved, and send a six-digit code there.

    The code is sent outside the transaction and stands in no table. Refuses `channel_off`, `bad_address`,
    `code_too_soon` (one a minute), `code_not_sent`.
    """
    way = ready_channels().get(channel)
    if way is None:
        raise Refusal("channel_off", gettext_noop("服务器还没有设置这条通道，请联系系统管理员。"))
    try:
        address = way.address(value)
    except ValueError:
        raise Refusal("bad_address", gettext_noop("请写完整的邮箱地址，例如 name@example.com。")) from None
    code = f"{secrets.randbelow(10**6):06d}"
    _keep(by, now, channel, address, code)
    _send(way, address, code)


@transaction.atomic
def _keep(by: Actor, now: datetime, channel: str, address: str, code: str) -> None:
    row, _ = Address.objects.select_for_update().get_or_create(
        person_id=by.person_id or 0, channel=channel, defaults={"created_at": now}
    )
    if row.code_sent_at and now - row.code_sent_at < CODE_PAUSE:
        raise Refusal("code_too_soon", gettext_noop("验证码刚刚发过，请一分钟后再试。"))
    row.value, row.verified_at, row.enabled = address, None, True
    row.code_digest, row.code_sent_at, row.code_tries = _digest(row.id, code), now, 0
    row.save()
    audit.record(by=by, now=now, action="notices.address", target=f"person:{by.person_id}", channel=channel)


def _send(way: Channel, address: str, code: str) -> None:
    text = gettext("验证码：%(code)s。30 分钟内在“消息设置”中填写。如果不是您本人操作，请忽略这封邮件。")
    try:
        with way.open() as send:
            send(Outgoing(f"code-{secrets.token_hex(8)}", address, gettext("安网验证码"), text % {"code": code}))
    except ChannelFault as fault:
        sorry = gettext_noop("验证码没有发出（%(why)s），请稍后再试或联系系统管理员。")
        raise Refusal("code_not_sent", sorry, why=fault.code) from None


def _digest(key: int, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{key}:{code}".encode(), hashlib.sha256).hexdigest()


def verify_address(*, by: Actor, now: datetime, channel: str, code: str) -> None:
    """Prove one's address by the code that was sent there. Refuses `code_gone` and `code_wrong`; five tries."""
    row = Address.objects.filter(person_id=by.person_id or 0, channel=channel).exclude(code_digest="").first()
    if row is None or row.code_sent_at is None or now - row.code_sent_at > CODE_LASTS or row.code_tries >= CODE_TRIES:
        raise Refusal("code_gone", gettext_noop("验证码已失效，请重新发送。"))
    # Counted before it is compared, and for good: many guesses at once cannot be more than five.
    same = Address.objects.filter(id=row.id, code_digest=row.code_digest)
    if not same.filter(code_tries__lt=CODE_TRIES).update(code_tries=F("code_tries") + 1):
        raise Refusal("code_gone", gettext_noop("验证码已失效，请重新发送。"))
    if not hmac.compare_digest(row.code_digest, _digest(row.id, code.strip())):
        raise Refusal("code_wrong", gettext_noop("验证码不对，请核对后再填。"))
    with transaction.atomic():
        if same.update(verified_at=now, code_digest=""):
            audit.record(by=by, now=now, action="notices.verify", target=f"person:{by.person_id}", channel=channel)


@transaction.atomic
def set_enabled(*, by: Actor, now: datetime, channel: str, enabled: bool) -> None:
    """Switch one's own channel off or on; messages inside the application stay. What waits to go out is not sent."""
    changed = Address.objects.filter(person_id=by.person_id or 0, channel=channel).exclude(enabled=enabled)
    if changed.update(enabled=enabled):
        audit.record(
            by=by, now=now, action="notices.switch", target=f"person:{by.person_id}", channel=channel, on=enabled
        )


@transaction.atomic
def remove_address(*, by: Actor, now: datetime, channel: str) -> None:
    """Forget one's own address."""
    gone, _ = Address.objects.filter(person_id=by.person_id or 0, channel=channel).delete()
    if gone:
        audit.record(by=by, now=now, action="notices.forget", target=f"person:{by.person_id}", channel=channel)
