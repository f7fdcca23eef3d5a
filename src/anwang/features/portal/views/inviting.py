"""The inviter's page of one enterprise, and the office's list of which enterprises have a sign-in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from anwang.features.assignments import queries as assignments
from anwang.features.enterprises import queries as enterprises
from anwang.web.asked import number, page_size
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..queries.access import STATES
from ..queries.invitations import invitation_for


@never_cache
def invite(request: Request, enterprise_id: int) -> HttpResponse:
    """Where the invitation stands. POST makes a new one; link and code are on that answer and nowhere else."""
    actor = request.actor
    link = None
    if request.method == "POST":
        if enterprises.find(enterprise_id, by=actor) is None:
            raise Http404
        link = actions.invite(by=actor, now=request.now, enterprise_id=enterprise_id)
    found = queries.invite_page(enterprise_id, by=actor, now=request.now, day=request.today)
    if found is None:
        raise Http404
    bound = bool(actor.person_id) and assignments.is_bound(actor.person_id or 0, enterprise_id, on=request.today)
    url = f"{settings.PUBLIC_URL}{reverse('portal_join', args=[link.token])}" if link else ""
    context = {
        "found": found, "link": link, "url": url, "may": permissions.may_send(actor, visible=True, bound=bound),
        "page_clause": "三.2",
    }  # fmt: skip
    return render(request, "portal/invite.html", context)


@require_POST
def revoke(request: Request, invitation_id: int) -> HttpResponse:
    """Take it back."""
    row = invitation_for(request.actor, invitation_id)
    if row is None:
        raise Http404
    actions.revoke(by=request.actor, now=request.now, invitation_id=invitation_id)
    messages.success(request, _("已撤销，发出去的链接不能再用。"))
    return redirect("portal_invite", row.enterprise_id)


def access(request: Request) -> HttpResponse:
    """Which enterprises have a sign-in, which are invited, which are not."""
    asked = request.GET
    state = asked.get("state", "all")
    unit = number(asked.get("unit", "")) if len(asked.get("unit", "")) == 12 else None
    wanted = queries.Access(state if state in STATES else "all", asked.get("q", "").strip()[:60], unit)
    rows = queries.access_lines(request.actor, wanted, request.now)
    page = Paginator(rows, page_size(request)).get_page(asked.get("page"))
    counts = queries.access_counts(request.actor, wanted, request.now)
    context = {
        "tabs": _tabs(request, wanted.state, counts),
        "page": page, "lines": enterprises.lines(list(page.object_list)), "asked": wanted,
        "page_clause": "三.2",
    }  # fmt: skip
    return render(request, "portal/access.html", context)


def _tabs(request: Request, state: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {"all": _("全部"), "signed": _("已开通"), "invited": _("已邀请"), "none": _("未邀请")}
    kept = {name: request.GET[name] for name in ("q", "unit") if request.GET.get(name)}
    return [
        {"label": label, "count": counts[key], "active": key == state, "url": "?" + urlencode({"state": key, **kept})}
        for key, label in labels.items()
    ]
