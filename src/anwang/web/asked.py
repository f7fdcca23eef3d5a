"""What an address or a form asks for, read in one way everywhere: keys, page sizes, a unit of the territory."""

from __future__ import annotations

from django.http import Http404

from .requests import Request

SIZES = {"20": 20, "50": 50, "100": 100}


def number(text: str) -> int | None:
    """A database key or a unit's code; None for anything else, also for digits that a database has no room for."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def numbers(request: Request, name: str = "selection") -> list[int]:
    """The keys ticked in a list; what is no key is passed over."""
    found = (number(text) for text in request.POST.getlist(name))
    return [key for key in found if key is not None]


def page_size(request: Request, default: int = 20) -> int:
    """20, 50 or 100 rows."""
    return SIZES.get(request.GET.get("per_page", ""), default)


def unit_of(request: Request) -> int:
    """The unit asked for, one's own by default; outside the territory there is none (404)."""
    asked = request.POST.get("unit") or request.GET.get("unit", "")
    unit = (number(asked) if len(asked) == 12 else None) if asked else request.actor.unit
    if not unit or not request.actor.territory.covers(unit):
        raise Http404
    return unit
