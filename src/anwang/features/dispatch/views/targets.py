"""Choosing to whom a task goes; the part of a form that another kind or another word searched changes."""

from __future__ import annotations

from typing import Any

from anwang.domain.base import Grade
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies
from anwang.web.requests import Request

from .. import queries
from ..forms import read_targets

FOUND = 30


def targets_context(request: Request, unit: int, data: Any, *, firms: bool = True) -> dict[str, Any]:
    """What the part needs: `data` is what was sent or stored, `unit` the unit that hands down."""
    chosen = read_targets(data) if hasattr(data, "getlist") else dict(data)
    if not firms and chosen["kind"] == "firms":
        chosen = {"kind": "units", "units": []}
    kinds = [(key, label) for key, label in queries.KINDS.items() if firms or key != "firms"]
    context: dict[str, Any] = {"chosen": chosen, "kinds": kinds, "from_unit": unit, "with_firms": firms}
    match chosen["kind"]:
        case "units":
            context |= _units(request, unit)
        case "posts":
            context |= _posts(request, data, chosen)
        case "firms":
            context |= _firms(request, chosen)
    return context


def _units(request: Request, unit: int) -> dict[str, Any]:
    rows = queries.below(request.actor, unit, on=request.today)
    led = grid.leaders([code for code, _name in rows], on=request.today)
    return {"units": [(code, name, led[code][0].post.person.name if code in led else "") for code, name in rows]}


def _posts(request: Request, data: Any, chosen: dict[str, Any]) -> dict[str, Any]:
    """Those ticked, and those that the words find."""
    word = data.get("q", "").strip()[:40]
    ticked, found = queries.search_posts(request.actor, word, chosen["posts"], on=request.today, limit=FOUND)
    rows = [*ticked, *found]
    names = grid.names({post.unit for post in rows})
    return {"q": word, "posts": [(post, names.get(post.unit, ""), post in ticked) for post in rows], "most": FOUND}


def _firms(request: Request, chosen: dict[str, Any]) -> dict[str, Any]:
    policy = policies.current()
    reach = queries.reach(chosen, by=request.actor, on=request.today)
    return {
        "areas": grid.unit_choices(request.actor, on=request.today, chosen=str(chosen.get("area") or "")),
        "grades": [(grade.value, policy.grade_name(grade)) for grade in Grade],
        "industries": [(each.code, each.name) for each in policy.industries],
        "reach": reach,
    }  # fmt: skip
