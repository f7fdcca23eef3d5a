"""Photos of record sheets that came back."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from anwang.adapters import media
from anwang.features.assignments import queries as assignments
from anwang.web.asked import number
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from ..models import Scan


@require_POST
def upload(request: Request) -> HttpResponse:
    """Take in photos, read their codes, and say which could not be used and why."""
    files = [(file.name or "", file.read()) for file in request.FILES.getlist("photos")]
    if not files:
        messages.error(request, _("请选择拍好的记录表照片。"))
        return redirect("paper")
    done = actions.receive_scans(by=request.actor, now=request.now, files=files)
    for each in done:
        if each.refusal:
            messages.error(request, f"{each.name}：{words(each.refusal)}")
    fresh = [each for each in done if each.scan]
    if fresh:
        unread = sum(each.scan is not None and each.scan.enterprise_id is None for each in fresh)
        text = ngettext("收到 %(n)s 张。", "收到 %(n)s 张。", len(fresh)) % {"n": len(fresh)}
        more = _("其中 %(n)s 张没有认出二维码，请选择企业。") % {"n": unread} if unread else ""
        messages.success(request, text + more)
    return redirect("paper")


def scan(request: Request, scan_id: UUID) -> HttpResponse:
    """One sheet: the picture beside what to do with it."""
    found = _mine(request, scan_id)
    record = queries.Scanned(found, queries.recorded(found))
    bound = list(assignments.of_person(request.actor.person_id or 0, on=request.today))
    context = {"each": record, "bound": bound, "record_url": record_url(found), "page_clause": "四.3"}
    return render(request, "paper/scan.html", context)


def record_url(scan: Scan) -> str:
    """The page of the record that this sheet becomes; it carries the sheet's key, so it is made once."""
    if scan.enterprise_id is None:
        return ""
    asked = {"enterprise": str(scan.enterprise_id), "channel": "paper", "client_id": str(scan.id)}
    return f"{reverse('contact_new')}?{urlencode(asked)}"


def image(request: Request, scan_id: UUID) -> FileResponse:
    """The photo, for whoever sent it in."""
    return picture(_mine(request, scan_id).path)


def picture(path: str) -> FileResponse:
    """A kept photo; 404 when its file is gone."""
    data = media.fetch(path)
    if data is None:
        raise Http404
    response = FileResponse(BytesIO(data), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=86400"
    return response


@require_POST
def choose(request: Request, scan_id: UUID) -> HttpResponse:
    """Say whose sheet it is."""
    _mine(request, scan_id)
    enterprise = number(request.POST.get("enterprise", ""))
    if enterprise is None:
        messages.error(request, _("请选择企业。"))
        return redirect("scan_page", scan_id)
    chosen = actions.choose(by=request.actor, now=request.now, scan_id=scan_id, enterprise=enterprise)
    return redirect(record_url(chosen))


@require_POST
def drop(request: Request, scan_id: UUID) -> HttpResponse:
    """Put a photo aside."""
    _mine(request, scan_id)
    actions.drop_scan(by=request.actor, now=request.now, scan_id=scan_id)
    messages.success(request, _("已删除；再次上传同一张照片可以恢复。"))
    return redirect("paper")


@require_POST
def file(request: Request) -> HttpResponse:
    """Put away the sheets whose record is made."""
    count = actions.file_scans(by=request.actor, now=request.now)
    messages.success(request, ngettext("已归档 %(n)s 张。", "已归档 %(n)s 张。", count) % {"n": count})
    return redirect("paper")


def _mine(request: Request, scan_id: UUID) -> Any:
    found = queries.scan_for(request.actor, scan_id)
    if found is None:
        raise Http404
    return found
