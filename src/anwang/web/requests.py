"""The request as our views see it: with the actor, the clock and htmx."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from anwang.domain.base import Actor


def is_program(request: HttpRequest) -> bool:
    """Whether the answer is read by a program (a telephone that sends what it kept), not by a person."""
    return request.headers.get("accept", "").startswith("application/json")


class Request(HttpRequest):
    """Type of `request` after our middleware, which has let it in. `held`: posts of the person, the highest first."""

    actor: Actor
    held: Sequence[Any]
    now: datetime
    today: date
    htmx: HtmxDetails
