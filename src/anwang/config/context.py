"""What every page needs: the actor, the menu of this role, the other posts, the demo mark."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from anwang.domain.base import gettext_noop
from anwang.features.grid import queries as grid

from .access import opens, pages

#: The menu's headings: each holds the entries whose `order` lies below its number.
GROUPS = (
    (10, ""), (20, gettext_noop("督导服务")), (40, gettext_noop("包保与统计")), (58, gettext_noop("企业")),
    (60, gettext_noop("纪律与提示")), (90, gettext_noop("网格与人员")), (1000, gettext_noop("更多")),
)  # fmt: skip


@cache
def menu() -> tuple[dict[str, Any], ...]:
    """Entries that features put into their permissions module as MENU, in their order, with heading and address."""
    entries: list[dict[str, Any]] = []
    for app in apps.get_app_configs():
        name = f"{app.name}.permissions"
        if app.name.startswith("anwang.features.") and find_spec(name):
            entries += getattr(import_module(name), "MENU", [])
    placed = [
        {**entry, "group": next(title for end, title in GROUPS if entry["order"] < end),
         "address": reverse(entry["url"])}
        for entry in entries
    ]  # fmt: skip
    return tuple(sorted(placed, key=lambda entry: entry["order"]))


def nav_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The menu entries that this actor may open."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    shown = []
    current = request.resolver_match.url_name if request.resolver_match else ""
    for entry in menu():
        if not opens(actor, entry["url"]):
            continue
        roles = entry.get("roles", pages().get(entry["url"]))
        if actor.level not in entry.get("levels", {actor.level}):
            continue
        if isinstance(roles, frozenset) and not actor.roles.isdisjoint(roles):
            active = current == entry["url"] or current in entry.get("also", ())
            words = {"label": gettext(entry["label"]), "group": gettext(entry["group"]) if entry["group"] else ""}
            shown.append({**entry, **words, "url": entry["address"], "active": active})
    return shown


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    actor = getattr(request, "actor", None)
    posts = grid.worn(request.held, now=request.now) if actor else []  # type: ignore[attr-defined]
    told: dict[str, Any] = {}
    if "Anwang-Keep" in request.headers:
        told["messages"] = ()  # a page that the phone keeps for later must not use up what is said once
    return {
        **told,
        "actor": actor,
        "nav": nav_for(request),
        "own_posts": posts,
        "demo": settings.DEMO,
        "now": getattr(request, "now", None),
        "unread": request.held[0].unread if actor else 0,  # type: ignore[attr-defined]
    }
