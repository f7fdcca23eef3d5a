"""One-tap roles of the demonstration. Outside it these pages do not exist."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from anwang.features.accounts import actions as accounts
from anwang.web.asked import number
from anwang.web.requests import Request

from .. import queries
from ..models import PostKind


def roles(request: Request) -> HttpResponse:
    """Representative people of every kind of post, with the number of their posts."""
    if not settings.DEMO:
        raise Http404
    posts = queries.demo_posts(on=request.today, kinds=tuple(str(kind) for kind in PostKind))
    called = queries.names([post.unit for post in posts])
    kinds: dict[str, list[tuple[object, str]]] = {}
    for post in posts:
        kinds.setdefault(str(PostKind(post.kind).label), []).append((post, called.get(post.unit, "")))
    return render(request, "grid/demo_roles.html", {"kinds": kinds})


@require_POST
def enter(request: Request) -> HttpResponse:
    """Sign in as a marked demo person, in the post that was tapped."""
    asked = number(request.POST.get("post", ""))
    post = queries.demo_post(asked, on=request.today) if settings.DEMO and asked is not None else None
    if post is None:
        raise Http404
    user = post.person.user
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    actor = queries.actor_of(post, user_id=user.pk, leads=False)
    accounts.wear_post(by=actor, now=request.now, user_id=user.pk, post_id=post.id)
    return redirect("/")
