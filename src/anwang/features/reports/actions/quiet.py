"""The reporter as the trail names them, and times no finer than a day."""

from __future__ import annotations

from datetime import datetime, time

from anwang.domain.base import Actor, gettext_noop
from anwang.domain.calendar import SHANGHAI, local_day

#: Whoever reports; a sign-in that happens to be open in the same browser is not looked at.
REPORTER = Actor(name=gettext_noop("举报人（身份保密）"))


def day_of(now: datetime) -> datetime:
    """The first instant of the day: the trail does not say at which hour a reporter was there."""
    return datetime.combine(local_day(now), time(0), tzinfo=SHANGHAI)
