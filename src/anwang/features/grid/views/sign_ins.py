"""Sign-ins: the system administrator gives them, the security administrator resets and locks them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from anwang.domain.base import Refusal, Role
from anwang.features.accounts import actions as accounts
from anwang.features.accounts import queries as account_queries
from anwang.web.asked import page_size
from anwang.web.requests import Request

from .. import queries
from ..forms import ReasonForm, SignInFilter, SignInForm, say
from .form_page import form_page


def listing(request: Request) -> HttpResponse:
    """All sign-ins with their posts and state."""
    chosen = SignInFilter(request.GET, queryset=account_queries.sign_ins())
    size = page_size(request)
    page = Paginator(chosen.qs, size).get_page(request.GET.get("page"))
    users = list(page.object_list)
    context = {
        "filter": chosen,
        "page": page,
        "rows": queries.sign_in_rows(users, on=request.today),
        "protected": account_queries.with_second_factor([user.pk for user in users]),
        "may_lock": request.actor.has(Role.SECURITY_ADMIN),
        "page_clause": "",
    }
    return render(request, "grid/sign_ins.html", context)


@never_cache
def give(request: Request, person_id: int) -> HttpResponse:
    """Give a person a sign-in; the initial password is on this answer and nowhere else."""
    person = queries.person_for(request.actor, person_id)
    if person is None or getattr(person, "user", None) is not None:
        raise Http404
    form = SignInForm(request.POST or None, initial={"username": account_queries.free_username(person.name)})
    if request.method == "POST" and form.is_valid():
        try:
            username = form.cleaned_data["username"]
            opened = accounts.open_sign_in(by=request.actor, now=request.now, person_id=person_id, username=username)
        except Refusal as refusal:
            form.add_error("username", say(refusal))
        else:
            return _once(request, person, opened, reverse("person", args=[person_id]))
    context = {
        "form": form, "title": _("开通登录：%(name)s") % {"name": person.name}, "submit": _("开通"),
        "back": reverse("person", args=[person_id]), "note": _("初始密码只显示一次，首次登录须改密码。"),
    }  # fmt: skip
    return render(request, "grid/form.html", context, status=422 if request.method == "POST" else 200)


def _once(request: Request, person: Any, opened: accounts.Opened, back: str) -> HttpResponse:
    return render(request, "grid/password_once.html", {"person": person, "opened": opened, "back": back})


def _user(user_id: int) -> Any:
    user = account_queries.sign_in(user_id)
    if user is None:
        raise Http404
    return user


@never_cache
@require_POST
def reset(request: Request, user_id: int) -> HttpResponse:
    """A new initial password, shown once; old sessions end."""
    user = _user(user_id)
    opened = accounts.reset_password(by=request.actor, now=request.now, user_id=user_id)
    return _once(request, user.person, opened, reverse("sign_in_list"))


def lock(request: Request, user_id: int) -> HttpResponse:
    """Lock a sign-in with a reason."""
    user = _user(user_id)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        accounts.lock_sign_in(by=request.actor, now=request.now, user_id=user_id, reason=reason)

    title = _("锁定登录：%(name)s（%(username)s）") % {"name": user.person.name, "username": user.username}
    back, done = reverse("sign_in_list"), _("已锁定，正在使用的登录立即失效。")
    return form_page(request, form, act, title=title, back=back, submit=_("锁定"), done=done)


@require_POST
def unlock(request: Request, user_id: int) -> HttpResponse:
    """Open a locked sign-in and forget failed attempts."""
    _user(user_id)
    accounts.unlock_sign_in(by=request.actor, now=request.now, user_id=user_id)
    messages.success(request, _("已解除锁定。"))
    return redirect("sign_in_list")


@require_POST
def factor(request: Request, user_id: int) -> HttpResponse:
    """Take off a lost second factor."""
    _user(user_id)
    accounts.drop_second_factor(by=request.actor, now=request.now, user_id=user_id)
    messages.success(request, _("两步验证已解除，请本人重新绑定。"))
    return redirect("sign_in_list")
