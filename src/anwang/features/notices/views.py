"""One's own messages and where they go; for the system administrator, what could not be delivered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from anwang.domain.base import Refusal
from anwang.web.asked import numbers, page_size
from anwang.web.reasons import words
from anwang.web.requests import Request

from . import actions, queries


def listing(request: Request) -> HttpResponse:
    """My messages, newest first."""
    page = Paginator(queries.own(request.actor, now=request.now), page_size(request)).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": page, "waiting": any(not row.opened for row in page)})


def opened(request: Request, message_id: UUID) -> HttpResponse:
    """One of my messages; opening it is my own mark, which nobody else sees."""
    message = actions.open_message(by=request.actor, now=request.now, message_id=message_id)
    if message is None:
        raise Http404
    return render(request, "notices/message.html", {"message": message})


@require_POST
def open_all(request: Request) -> HttpResponse:
    """All of mine are opened."""
    actions.open_all(by=request.actor, now=request.now)
    return redirect("message_list")


def settings(request: Request) -> HttpResponse:
    """Where my messages go beside this list."""
    return render(request, "notices/settings.html", {"channels": queries.own_addresses(request.actor)})


@require_POST
def address(request: Request) -> HttpResponse:
    """My address, and a code sent there."""
    channel, value = request.POST.get("channel", ""), request.POST.get("value", "")
    try:
        actions.send_code(by=request.actor, now=request.now, channel=channel, value=value)
        messages.success(request, _("验证码已发出，请在 30 分钟内填写。"))
    except Refusal as refusal:
        messages.error(request, words(refusal))
    return redirect("message_settings")


@require_POST
def verify(request: Request) -> HttpResponse:
    """The code from the mail."""
    channel, code = request.POST.get("channel", ""), request.POST.get("code", "")
    try:
        actions.verify_address(by=request.actor, now=request.now, channel=channel, code=code)
        messages.success(request, _("地址已验证，新的消息会同时发到那里。"))
    except Refusal as refusal:
        messages.error(request, words(refusal))
    return redirect("message_settings")


@require_POST
def switch(request: Request) -> HttpResponse:
    """A channel off or on."""
    enabled = request.POST.get("enabled") == "1"
    actions.set_enabled(
        by=request.actor, now=request.now, channel=request.POST.get("channel", ""), enabled=enabled
    )  # fmt: skip
    messages.success(request, _("已恢复发送。") if enabled else _("已停止发送；消息仍在本页面内。"))
    return redirect("message_settings")


@require_POST
def forget(request: Request) -> HttpResponse:
    """My address is deleted."""
    actions.remove_address(by=request.actor, now=request.now, channel=request.POST.get("channel", ""))
    messages.success(request, _("地址已删除。"))
    return redirect("message_settings")


def deliveries(request: Request) -> HttpResponse:
    """How the channels fare."""
    page = Paginator(queries.stuck(), page_size(request)).get_page(request.GET.get("page"))
    return render(request, "notices/deliveries.html", {"page": page, "channels": queries.standing()})


@require_POST
def retry(request: Request) -> HttpResponse:
    """Those ticked, or all, are tried anew."""
    chosen = None if "all" in request.POST else numbers(request)
    count = actions.retry(by=request.actor, now=request.now, deliveries=chosen)
    messages.success(request, ngettext("%(n)s 条将重新发送。", "%(n)s 条将重新发送。", count) % {"n": count})
    return redirect("delivery_list")
