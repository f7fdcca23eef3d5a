"""Delivering what is due: claimed by compare-and-set, sent outside any transaction, marked by the claim's owner.

A message goes out **at least once**: a worker that dies between the server's answer and its own mark leaves a lease
that runs out, and another worker sends again, under the same Message-ID. Losing a reminder would be worse than a
second one. Two living workers never send the same message: the lease is many times the channel's time limit.
"""

from __future__ import annotations

import logging
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse

from anwang.adapters.channels import Channel, ChannelFault, Outgoing, Send, ready_channels
from anwang.domain.base import Actor
from anwang.domain.calendar import Workdays
from anwang.domain.reminders.rules import ReminderRule
from anwang.domain.reminders.sending import wait_after
from anwang.features.audit import actions as audit

from ..models import WAITING, Address, Delivery, DeliveryState
from .holding import hold_back

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
PAGE = 200
Clock = Callable[[], datetime]


@dataclass(slots=True)
class Delivered:
    """What a run did, by outcome (sent, failed, given_up, held), and the channels that could not be reached."""

    counts: Counter[str] = field(default_factory=Counter)
    down: dict[str, str] = field(default_factory=dict)


def deliver_due(
    *, by: Actor, now: datetime, rule: ReminderRule, workdays: Workdays, clock: Clock | None = None, limit: int = 5000
) -> Delivered:
    """Send what is due on every channel that the server is configured for; at most `limit` messages.

    `clock` is asked for each message, since sending takes time; without one, time stands still at `now`. Several
    workers may run this at once.
    """
    tell = clock or (lambda: now)
    done = Delivered()
    for channel in ready_channels().values():
        _Run(channel, rule, workdays, tell, done).all(limit)
    if done.counts["sent"] or done.counts["given_up"]:
        audit.record(by=by, now=now, action="notices.deliver", counts=dict(done.counts))
    return done


@dataclass(slots=True)
class _Run:
    channel: Channel
    rule: ReminderRule
    workdays: Workdays
    clock: Clock
    done: Delivered

    def all(self, limit: int) -> None:
        """Page after page until nothing is due, the limit or the minute's quota is reached, or the channel is down."""
        while limit > 0 and (ids := self.due(min(limit, PAGE, self.quota()))):
            try:
                with self.channel.open() as send:
                    for key in ids:
                        self.one(key, send)
            except ChannelFault as fault:
                self.down(fault, ids)
                return
            limit -= len(ids)

    def quota(self) -> int:
        """How many the channel may still send in this minute."""
        since = self.clock() - timedelta(minutes=1)
        sent = Delivery.objects.filter(channel=self.channel.code, sent_at__gt=since).count()
        return max(0, self.rule.sending.per_minute - sent)

    def due(self, most: int) -> list[int]:
        """Keys of what may go out now, the oldest first; what falls into quiet hours or over a limit is put off."""
        now = self.clock()
        rows = Delivery.objects.filter(_due(now), channel=self.channel.code, next_at__lte=now)
        while most > 0:
            found = list(rows.select_related("message").order_by("next_at", "id")[:most])
            kept, held = hold_back(found, now, self.rule, self.workdays)
            if held:
                self.done.counts["held"] += held
            if kept or not found:
                return kept
        return []

    def one(self, key: int, send: Send) -> None:
        """Claim, send, mark. A fault of the channel itself is raised; one of the message is kept on its row."""
        claim = self.claim(key)
        if claim is None:
            return
        mine = Delivery.objects.filter(id=key, claim=claim, state=DeliveryState.SENDING)
        row = mine.select_related("message").get()
        outgoing = _outgoing(row)
        if outgoing is None:
            mine.delete()  # its owner took the address away or switched the channel off
            return
        try:
            send(outgoing)
        except ChannelFault as fault:
            self.failed(row, fault)
            return
        except Exception:
            log.exception("delivery %s failed", key)
            self.failed(row, ChannelFault("internal"))
            return
        mine.update(state=DeliveryState.SENT, sent_at=self.clock(), error="", claim=None, until=None)
        self.done.counts["sent"] += 1

    def claim(self, key: int) -> uuid.UUID | None:
        """Take a message for the length of a lease; None when another worker has it."""
        now, claim = self.clock(), uuid.uuid4()
        free = Delivery.objects.filter(_due(now), id=key, next_at__lte=now)
        taken = free.update(state=DeliveryState.SENDING, claim=claim, until=now + LEASE, tries=F("tries") + 1)
        return claim if taken else None

    def failed(self, row: Delivery, fault: ChannelFault) -> None:
        """Put the message back with a longer wait, or give it up. An outage of the channel counts for no message."""
        wait = self.wait(row.tries, fault)
        change: dict[str, object] = {"error": fault.code, "claim": None, "until": None}
        if wait is None:
            change |= {"state": DeliveryState.GIVEN_UP}
        else:
            change |= {"state": DeliveryState.FAILED, "next_at": self.clock() + wait}
        if fault.down:
            change |= {"tries": row.tries - 1}
        Delivery.objects.filter(id=row.id, claim=row.claim, state=DeliveryState.SENDING).update(**change)
        self.done.counts["given_up" if wait is None else "failed"] += 1
        if fault.down:
            raise fault

    def wait(self, tries: int, fault: ChannelFault) -> timedelta | None:
        if fault.down:
            return timedelta(minutes=self.rule.sending.first_wait)
        return None if fault.permanent else wait_after(tries, self.rule.sending)

    def down(self, fault: ChannelFault, ids: list[int]) -> None:
        """The channel cannot be reached: all that waited for it waits on, with the reason to be seen."""
        waiting = Delivery.objects.filter(id__in=ids, state__in=WAITING, next_at__lte=self.clock())
        later = self.clock() + timedelta(minutes=self.rule.sending.first_wait)
        waiting.update(state=DeliveryState.FAILED, error=fault.code, next_at=later)
        self.done.down[self.channel.code] = fault.code


def _due(now: datetime) -> Q:
    """Waiting, or left behind by a worker whose lease ran out."""
    return Q(state__in=WAITING) | Q(state=DeliveryState.SENDING, until__lt=now)


def _outgoing(row: Delivery) -> Outgoing | None:
    """The message for the address of now; None when there is none any more."""
    address = Address.objects.filter(
        person_id=row.message.to_id, channel=row.channel, enabled=True, verified_at__isnull=False
    ).first()
    if address is None:
        return None
    message = row.message
    return Outgoing(
        key=message.id.hex,
        to=address.value,
        title=message.title,
        body=message.body,
        link=f"{settings.PUBLIC_URL}{message.link}" if message.link else "",
        settings=f"{settings.PUBLIC_URL}{reverse('message_settings')}",
    )
