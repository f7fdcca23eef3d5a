"""What an address asks for, checked."""

from __future__ import annotations

from datetime import date

from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.grid import queries as grid
from anwang.web.requests import Request


def day_of(text: str, default: date) -> date:
    """A day from a form; refuses `bad_date`."""
    if not text:
        return default
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("bad_date", gettext_noop("日期请写成 2026-11-24。")) from None


def unit_choices(request: Request, unit: int) -> list[tuple[int, str]]:
    """One's own unit, the one shown, and those directly below it."""
    day = local_day(request.now)
    own = request.actor.unit or unit
    called = grid.names([own, unit])
    top = [(code, called[code]) for code in dict.fromkeys((own, unit)) if code in called]
    return top + list(grid.children(unit, on=day).values_list("code", "name"))
