"""Where the scheduler stands, and the address of a person's calendar."""

from __future__ import annotations

from django.db import models


class Clock(models.Model):
    """Until when something was done: a digest, an alarm, a step of the tick. Moved by compare-and-set."""

    name = models.CharField(max_length=40, unique=True)
    last_at = models.DateTimeField(null=True)


class TickLock(models.Model):
    """One row: who runs the periodic work now, and until when that is believed."""

    holder = models.UUIDField(null=True)
    until = models.DateTimeField(null=True)


class CalendarFeed(models.Model):
    """A person's calendar address. Only the digest of its secret is kept; when it is fetched is not noted."""

    person = models.OneToOneField("accounts.Person", on_delete=models.PROTECT, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
