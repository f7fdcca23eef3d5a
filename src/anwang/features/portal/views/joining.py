"""Whoever was invited: the link, both codes, a name and a password. Nobody is signed in here yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from anwang.domain.base import Actor, Refusal
from anwang.domain.portal.invitations import PROOF_LASTS
from anwang.features.accounts import queries as accounts
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from ..forms import AccountForm, JoinForm

KEY = "portal_invitation"
VISITOR = Actor(name="—")
#: Which field a refusal of the account step stands at.
FIELDS = {"bad_username": "username", "username_taken": "username", "weak_password": "password"}


@never_cache
@sensitive_post_parameters("code")
def join(request: Request, token: str) -> HttpResponse:
    """Ask for both codes. What is wrong is told after they were sent, not to whoever follows the link."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.prove(by=VISITOR, now=request.now, token=token, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, words(refusal))
        else:
            until = (request.now + PROOF_LASTS).isoformat()
            request.session[KEY] = {"id": row.id, "proof": row.token_digest, "until": until}
            return redirect("portal_account")
    status = 422 if request.method == "POST" else 200
    return _private(render(request, "portal/join.html", {"form": form}, status=status))


def _proved(request: Request) -> Any | None:
    """The invitation that this browser proved within the last half hour."""
    found = request.session.get(KEY)
    if not found or request.now > datetime.fromisoformat(found["until"]):
        return None
    return queries.held(found["proof"], now=request.now, proved=True)


@never_cache
@sensitive_post_parameters("password", "again")
def account(request: Request) -> HttpResponse:
    """Name and password; on success the principal is signed in and the link is used up."""
    row = _proved(request)
    if row is None:
        return _private(render(request, "portal/gone.html", {}, status=410))
    initial = {"username": accounts.free_username(row.name)} if request.method == "GET" else {}
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = actions.accept(
                by=VISITOR, now=request.now, invitation_id=row.id, proof=row.token_digest, username=data["username"],
                password=data["password"],
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(FIELDS.get(refusal.code), words(refusal))
        else:
            request.session.pop(KEY, None)
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            messages.success(request, _("已开通，以后用登录名 %(name)s 登录。") % {"name": user.username})
            return redirect("home")
    status = 422 if request.method == "POST" else 200
    return _private(render(request, "portal/account.html", {"form": form, "row": row}, status=status))


def _private(answer: HttpResponse) -> HttpResponse:
    """The address is a secret: no search engine keeps it, and (as everywhere) no other site is told of it.

    Without any referrer browsers would send `Origin: null`, which the guard against forged requests refuses.
    """
    answer["X-Robots-Tag"] = "noindex"
    return answer
