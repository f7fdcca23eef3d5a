"""Wearing another of one's own posts: one tap."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from anwang.features.accounts import actions as accounts
from anwang.web.asked import number
from anwang.web.requests import Request


@require_POST
def switch(request: Request) -> HttpResponse:
    """Only a post that this person holds today; the next page is the home of that post."""
    post = number(request.POST.get("post", ""))
    if post is None or post not in {held.id for held in request.held}:
        raise Http404
    accounts.wear_post(by=request.actor, now=request.now, user_id=int(request.user.pk or 0), post_id=post)
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(target if safe else "/")
