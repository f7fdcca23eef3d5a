"""The principal's page of who else may do what for the enterprise."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from anwang.domain.base import Refusal, Right
from anwang.domain.portal.staff import OFFERED, USUAL
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from ..forms import RightsForm, StaffForm
from ..queries.invitations import invitation_for
from ..queries.staff import in_words


def listing(request: Request) -> HttpResponse:
    """Who has an access, who is invited, whose access ended."""
    found = queries.staff_page(request.actor, now=request.now)
    if found is None:
        raise Http404
    return render(request, "portal/staff.html", {"found": found, "page_clause": "三.2"})


@never_cache
def new(request: Request) -> HttpResponse:
    """Somebody else is invited; link and code are on the answer and nowhere else."""
    firm = queries.own_firm(request.actor)
    if firm is None:
        raise Http404
    named = {"name": firm.safety_officer, "title": _("安全负责人")} if firm.safety_officer else {}
    initial = {**named, "rights": [right.value for right in OFFERED], "until": request.today + USUAL}
    form = StaffForm(request.POST or None, today=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            link = actions.invite_staff(
                by=request.actor, now=request.now, name=data["name"], title=data["title"], **form.given()
            )
        except Refusal as refusal:
            form.add_error(None, words(refusal))
        else:
            return _handed(request, link)
    context = {"form": form, "title": _("邀请本企业人员"), "submit": _("邀请"), "page_clause": "三.2"}
    return render(request, "portal/staff_form.html", context, status=422 if request.method == "POST" else 200)


def _handed(request: Request, link: Any) -> HttpResponse:
    row = link.invitation
    url = f"{settings.PUBLIC_URL}{reverse('portal_join', args=[link.token])}"
    context = {"link": link, "url": url, "row": row, "rights": in_words(row.rights), "page_clause": "三.2"}
    return render(request, "portal/staff_link.html", context)


def member(request: Request, post_id: int) -> HttpResponse:
    """Other rights or another last day; confirmed after a move; given again."""
    found = queries.member(request.actor, post_id)
    if found is None:
        raise Http404
    present = found.post.valid_to is None or found.post.valid_to > request.today
    until = found.last if present and found.last else request.today + USUAL
    form = RightsForm(
        request.POST or None, today=request.today,
        initial={"rights": [each for each in Right if each in found.post.rights], "until": until},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_staff(by=request.actor, now=request.now, post_id=post_id, **form.given())
        except Refusal as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, _("已保存 %(name)s 的权限。") % {"name": found.post.person.name})
            return redirect("own_staff")
    context = {
        "form": form, "title": found.post.person.name, "sub": found.post.title, "found": found, "present": present,
        "submit": _("保存") if present else _("重新给予"), "page_clause": "三.2",
    }  # fmt: skip
    return render(request, "portal/staff_form.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def end(request: Request, post_id: int) -> HttpResponse:
    """Stop it now."""
    found = queries.member(request.actor, post_id)
    if found is None:
        raise Http404
    actions.end_staff(by=request.actor, now=request.now, post_id=post_id)
    messages.success(request, _("已停止 %(name)s 的权限。") % {"name": found.post.person.name})
    return redirect("own_staff")


@require_POST
def revoke(request: Request, invitation_id: int) -> HttpResponse:
    """Take an unused invitation back."""
    row = invitation_for(request.actor, invitation_id)
    if row is None or row.until is None:
        raise Http404
    actions.revoke(by=request.actor, now=request.now, invitation_id=invitation_id)
    messages.success(request, _("已撤销，发出去的链接不能再用。"))
    return redirect("own_staff")
