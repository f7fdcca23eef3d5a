"""The request as our views see it: with the actor, the clock and htmx."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from anwang.domain.base import Actor


class Request(HttpRequest):
    """Type of `request` after our middleware; the access middleware has let it in."""

    actor: Actor
    now: datetime
    today: date
    htmx: HtmxDetails
