"""Signing on the phone or from paper; confirming that a sheet hangs (三.2)."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.adapters import media
from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.web.asked import numbers
from anwang.web.requests import Request

from .. import actions
from .asked import day_of
from .papers import find


def sign(request: Request, commitment_id: int) -> HttpResponse:
    """The person signs, drawn or typed."""
    find(request, "commitment", commitment_id)
    if request.method == "POST":
        drawn, typed = request.POST.get("signature", ""), request.POST.get("signed_name", "")
        actions.sign(by=request.actor, now=request.now, commitment_id=commitment_id, drawn=drawn, typed=typed)
        messages.success(request, _("已签署。承诺书一式两份，可在本页下载。"))
    return redirect("commitment", commitment_id=commitment_id)


def record_paper(request: Request, commitment_id: int) -> HttpResponse:
    """Signed on paper on a day."""
    find(request, "commitment", commitment_id)
    if request.method == "POST":
        day = day_of(request.POST.get("signed_on", ""), local_day(request.now))
        actions.record_paper(by=request.actor, now=request.now, commitment_ids=[commitment_id], signed_on=day)
        undo = "undo:" + reverse("commitment_withdraw", args=[commitment_id])
        messages.success(request, _("已登记纸质签署。"), extra_tags=undo)
    return redirect("commitment", commitment_id=commitment_id)


def record_papers(request: Request) -> HttpResponse:
    """The letters chosen in the list were signed on paper on a day."""
    chosen = numbers(request)
    if request.method == "POST" and chosen:
        day = day_of(request.POST.get("signed_on", ""), local_day(request.now))
        actions.record_paper(by=request.actor, now=request.now, commitment_ids=chosen, signed_on=day)
        messages.success(request, _("已登记纸质签署。"))
    return redirect("commitment_list")


def withdraw_paper(request: Request, commitment_id: int) -> HttpResponse:
    """A paper signature was recorded by mistake."""
    find(request, "commitment", commitment_id)
    if request.method == "POST":
        actions.withdraw_paper(by=request.actor, now=request.now, commitment_id=commitment_id)
        messages.success(request, _("已撤销确认。"))
    return redirect("commitment", commitment_id=commitment_id)


def confirm(request: Request, posting_id: int) -> HttpResponse:
    """The sheet hangs; a photo is optional."""
    find(request, "posting", posting_id)
    if request.method == "POST":
        upload = request.FILES.get("photo")
        if upload is not None and (upload.size or 0) > settings.MAX_UPLOAD_BYTES:
            raise Refusal("file_large", gettext_noop("照片太大，请缩小后再传。"))
        actions.confirm_posting(
            by=request.actor, now=request.now, posting_id=posting_id, place=request.POST.get("place", ""),
            posted_on=day_of(request.POST.get("posted_on", ""), local_day(request.now)),
            photo=upload.read() if upload else None,
        )  # fmt: skip
        text = _("已确认张贴。")
        messages.success(request, text, extra_tags="undo:" + reverse("posting_withdraw", args=[posting_id]))
    return redirect("posting", posting_id=posting_id)


def withdraw(request: Request, posting_id: int) -> HttpResponse:
    """The confirmation was a mistake."""
    find(request, "posting", posting_id)
    if request.method == "POST":
        actions.withdraw_posting(by=request.actor, now=request.now, posting_id=posting_id)
        messages.success(request, _("已撤销确认。"))
    return redirect("posting", posting_id=posting_id)


def photo(request: Request, posting_id: int) -> HttpResponse:
    """The photo of the board, where one was given."""
    data = media.fetch(find(request, "posting", posting_id).photo)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/jpeg")
