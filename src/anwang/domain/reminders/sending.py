"""When a message may go out, how long a failed one waits, and what may stand in a line of a mail."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from anwang.domain.calendar import SHANGHAI, Workdays
from anwang.domain.reminders.rules import QuietRule, SendingRule


def opens_at(moment: datetime, kind: str, urgent: bool, quiet: QuietRule, workdays: Workdays) -> datetime:
    """The first instant from `moment` on (aware) at which a message may ring: outside the night and the rest days.

    An urgent message of an exempt kind passes by the night, the rest days, or both.
    """
    by_night = not (urgent and kind in quiet.exempt_at_night)
    by_day = quiet.rest_days and not (urgent and kind in quiet.exempt_on_rest_days)
    local = moment.astimezone(SHANGHAI)
    while True:
        if by_day and not workdays.is_workday(local.date()):
            local = _at(workdays.next_workday(local.date()), quiet, by_night)
        elif by_night and (until := _night_ends(local, quiet)) is not None:
            local = until
        else:
            return moment if local == moment else local


def _at(day: date, quiet: QuietRule, by_night: bool) -> datetime:
    """The first instant of a day, or the end of its night."""
    start = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    return (_night_ends(start, quiet) or start) if by_night else start


def _night_ends(local: datetime, quiet: QuietRule) -> datetime | None:
    """When the night ends in which a local instant lies; None by day."""
    begins, ends, now = quiet.begins, quiet.ends, local.time()
    inside = begins <= now < ends if begins <= ends else now >= begins or now < ends
    if not inside:
        return None
    day = local.date() + timedelta(days=1) if now >= ends else local.date()
    return datetime.combine(day, ends, SHANGHAI)


def wait_after(tries: int, rule: SendingRule) -> timedelta | None:
    """How long a message waits after its n-th failure (from 1): doubled each time; None when it is given up."""
    if tries >= rule.tries:
        return None
    return timedelta(minutes=min(rule.longest_wait, rule.first_wait * 2 ** min(tries - 1, 30)))


def one_line(text: str, most: int = 120) -> str:
    """Text that may stand in a header: no control characters, no line breaks, at most so many characters."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def plain_lines(text: str, most: int = 4000) -> str:
    """Text for a body: its lines, without other control characters, at most so many characters."""
    lines = ("".join(c for c in line if c.isprintable() or c == "\t").rstrip() for line in text.splitlines())
    plain = "\n".join(lines).strip()
    return plain if len(plain) <= most else plain[: most - 1] + "…"
