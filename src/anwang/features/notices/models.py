"""The outbox of messages to people: what is said to whom, and how each outward channel fared with it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from anwang.adapters.crypto.fields import EncryptedTextField
from anwang.domain.base import gettext_noop


class Message(models.Model):
    """One message to one person. The row is the outbox: it is written in the transaction of what it tells of.

    It is also the message inside the application. `opened` is the recipient's own mark, without a time; no query of
    ours shows it to anybody else, and nothing counts it (red line 1).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    to = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True, help_text="the same thing is said once")
    title = models.CharField(max_length=120)
    body = models.TextField(blank=True, default="")
    link = models.CharField(max_length=200, blank=True, default="", help_text="path inside the application")
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    opened = models.BooleanField(default=False, help_text="the recipient's own mark")

    class Meta:
        indexes = [
            models.Index(fields=["to", "-not_before"], name="message_person"),
            models.Index(fields=["to"], condition=Q(opened=False), name="message_unopened"),
            models.Index(fields=["created_at"], name="message_age"),
        ]

    def __str__(self) -> str:
        return self.title


class DeliveryState(models.TextChoices):
    """How a channel fared with a message."""

    QUEUED = "queued", gettext_noop("等待发送")
    SENDING = "sending", gettext_noop("正在发送")
    SENT = "sent", gettext_noop("已发出")
    FAILED = "failed", gettext_noop("稍后重试")
    GIVEN_UP = "given_up", gettext_noop("未能发出")


WAITING = [DeliveryState.QUEUED, DeliveryState.FAILED]


class Delivery(models.Model):
    """A message on an outward channel. `claim` and `until` are the lease of the worker that is sending it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    claim = models.UUIDField(null=True)
    until = models.DateTimeField(null=True)
    error = models.CharField(max_length=40, blank=True, default="", help_text="stable code, never an address")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="delivery_once")]
        indexes = [
            models.Index(fields=["channel", "next_at"], condition=~Q(state="sent"), name="delivery_due"),
            models.Index(fields=["channel", "sent_at"], name="delivery_sent"),
        ]


class Address(models.Model):
    """Where a person wants to be reached on a channel: entered, proved and switched off by that person."""

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="addresses")
    channel = models.CharField(max_length=20)
    value = EncryptedTextField(
        purpose="本人自愿填写的提醒收件地址", retention="本人删除时即删；离任后 3 年", verbose_name="收件地址"
    )
    enabled = models.BooleanField(default=True)
    verified_at = models.DateTimeField(null=True)
    code_digest = models.CharField(max_length=64, blank=True, default="")
    code_sent_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "channel"], name="address_once")]
