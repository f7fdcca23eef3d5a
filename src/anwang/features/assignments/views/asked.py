"""What an address asks for, checked."""

from __future__ import annotations

from datetime import date

from django.http import Http404

from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.grid import queries as grid
from anwang.web.requests import Request

SIZES = {"20", "50", "100"}


def unit_of(request: Request) -> int:
    """The unit asked for, one's own by default; outside the territory there is none."""
    asked = request.POST.get("unit") or request.GET.get("unit", "")
    unit = int(asked) if asked.isdigit() and len(asked) == 12 else (0 if asked else request.actor.unit or 0)
    if not unit or not request.actor.territory.covers(unit):
        raise Http404
    return unit


def number(text: str) -> int | None:
    """A key written in an address or a form."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def day_of(text: str, default: date) -> date:
    """A day from a form; refuses `bad_date`."""
    if not text:
        return default
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("bad_date", gettext_noop("日期请写成 2026-11-24。")) from None


def page_size(request: Request) -> int:
    """20, 50 or 100 rows."""
    asked = request.GET.get("per_page", "")
    return int(asked) if asked in SIZES else 20


def unit_choices(request: Request, unit: int) -> list[tuple[int, str]]:
    """One's own unit, the one shown, and those directly below it."""
    day = local_day(request.now)
    own = request.actor.unit or unit
    called = grid.names([own, unit])
    top = [(code, called[code]) for code in dict.fromkeys((own, unit)) if code in called]
    return top + list(grid.children(unit, on=day).values_list("code", "name"))
