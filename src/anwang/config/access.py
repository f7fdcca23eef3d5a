"""Who is asking, and whether this page is theirs: one place for every request.

`PAGES` in each feature's permissions module names, for every URL, who may open it. A URL without an
entry is closed, and a test names it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from anwang.domain.base import NOT_GIVEN, Actor, Refusal, Role
from anwang.domain.calendar import local_day
from anwang.features.grid import queries as grid
from anwang.features.portal.queries import staff_opens
from anwang.web.requests import is_program

from .errors import refused, told

#: Pages of libraries, and of no feature.
SHARED_PAGES: dict[str, frozenset[Role] | str] = {
    "account_login": "anyone",
    "account_logout": "anyone",
    "account_reauthenticate": "signed_in",
    "account_change_password": "signed_in",
    "account_inactive": "anyone",
    "mfa_authenticate": "anyone",
    "mfa_trust": "anyone",
    "mfa_reauthenticate": "signed_in",
    "mfa_index": "signed_in",
    "mfa_activate_totp": "signed_in",
    "mfa_deactivate_totp": "signed_in",
    "mfa_view_recovery_codes": "signed_in",
    "mfa_generate_recovery_codes": "signed_in",
    "mfa_download_recovery_codes": "signed_in",
    "set_language": "anyone",
    "healthz": "anyone",
    "service_worker": "anyone",
    "manifest": "anyone",
    "offline": "anyone",
    "offline_who": "anyone",
    "offline_pages": "signed_in",
}


def opens(actor: Actor, name: str) -> bool:
    """Whether a page is the actor's by role; staff of an enterprise has it only by a right that opens it."""
    allowed = pages().get(name)
    mine = isinstance(allowed, frozenset) and not actor.roles.isdisjoint(allowed)
    return mine and staff_opens(actor, name)


@cache
def pages() -> dict[str, frozenset[Role] | str]:
    """URL name → roles, or "anyone" (public), or "signed_in"."""
    table = dict(SHARED_PAGES)
    for app in apps.get_app_configs():
        name = f"{app.name}.permissions"
        if app.name.startswith("anwang.features.") and find_spec(name):
            table.update(import_module(name).PAGES)
    return table


def login() -> str:
    """Where one signs in."""
    return reverse("account_login")


class ActorMiddleware:
    """Puts `request.actor` (or None) and the posts `request.held` there, read once a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        held = grid.held_by(request.user, now=now)
        actor = grid.actor_among(held, request.user, now=now)
        if actor is None and request.user.is_authenticated:
            logout(request)  # the last post has ended: so has the session
            messages.warning(request, gettext("您目前没有在任的职务，登录已结束。如有疑问请联系系统管理员。"))
        request.now, request.today = now, local_day(now)  # type: ignore[attr-defined]
        request.held, request.actor = held, actor  # type: ignore[attr-defined]
        return self.get_response(request)


class AccessMiddleware:
    """Opens a page only to those named in its entry; others see 404, the signed-out the sign-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        name = (match.url_name if match else "") or ""
        allowed = pages().get(name)
        if allowed == "anyone":
            return None
        if not request.user.is_authenticated and is_program(request):
            return told("signed_out", gettext("登录已过期，请重新登录；没有上传的记录还在本机。"), 401, url=login())
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if allowed == "signed_in":
            return None
        if request.user.must_change and is_program(request):  # type: ignore[union-attr]
            url = reverse("account_change_password")
            return told("password_first", gettext("请先把初始密码改成自己的密码，再上传。"), 403, url=url)
        if request.user.must_change:  # type: ignore[union-attr]
            messages.info(request, gettext("这是管理员给的初始密码，请先改成自己的密码。"))
            return redirect("account_change_password")
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if not isinstance(allowed, frozenset) or actor is None or actor.roles.isdisjoint(allowed):
            raise Http404
        if not opens(actor, name):
            return refused(request, Refusal("not_given", NOT_GIVEN), 403)
        return None
