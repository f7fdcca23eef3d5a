"""Photos of a record: one by one from a device, seen by those who may see the record, withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anwang.adapters import media
from anwang.domain.base import Refusal
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from . import answers


@require_http_methods(["GET", "POST"])
def album(request: Request, client_id: UUID) -> HttpResponse:
    """GET: what the server has of a record's photos. POST: one more, however often it is sent."""
    row = queries.contact_by_client(str(client_id), by=request.actor)
    if row is None:
        return JsonResponse({"code": "not_found", "message": _("记录还没有上传，请先上传记录。")}, status=404)
    if request.method == "GET":
        return JsonResponse(answers.album(row))
    if refused := answers.large(request):
        return refused
    file = request.FILES.get("photo")
    try:
        if file is None:
            raise Refusal("photo_empty", _("请选择照片。"))
        said = {**request.POST.dict(), "id": request.POST.get("photo_id", "")}
        found = answers.keep(request, row.id, file, said)
    except Refusal as refusal:
        status = 422 if refusal.code == "photo_empty" else refusal.status
        return JsonResponse({"code": refusal.code, "message": words(refusal)}, status=status)
    return JsonResponse({"ok": True, **found}, status=200 if found["status"] == "same" else 201)


@require_POST
def add(request: Request, contact_id: int) -> HttpResponse:
    """Photos added on the record's page, without script too."""
    if queries.contact(contact_id, by=request.actor) is None:
        raise Http404
    tell(request, list(answers.sent_photos(request, contact_id)))
    return redirect("contact_detail", contact_id)


def tell(request: Request, photos: list[dict[str, Any]]) -> None:
    """How many were kept; for each that was not, why. The record stands without them."""
    kept = sum(each["status"] == "created" for each in photos)
    if kept:
        text = ngettext("已添加 %(n)s 张照片。", "已添加 %(n)s 张照片。", kept)
        messages.success(request, text % {"n": kept})
    for said in dict.fromkeys(each["message"] for each in photos if each["status"] == "refused"):
        messages.warning(request, _("有照片没有添加：%(why)s") % {"why": said})


@require_GET
def photo(request: Request, photo_id: int) -> HttpResponse:
    """The photo itself, to those who may see its record."""
    row = queries.photo(photo_id, by=request.actor)
    return _file(row.path if row else "", f"{photo_id}.jpg")


@require_GET
def small(request: Request, photo_id: int) -> HttpResponse:
    """The thumbnail."""
    row = queries.photo(photo_id, by=request.actor)
    return _file(row.thumb if row else "", f"{photo_id}-s.jpg")


def _file(name: str, title: str) -> HttpResponse:
    data = media.fetch(name)
    if data is None:
        raise Http404
    headers = {
        "Content-Disposition": f'inline; filename="{title}"', "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=3600", "Content-Security-Policy": "default-src 'none'; sandbox",
    }  # fmt: skip
    return HttpResponse(data, content_type="image/jpeg", headers=headers)


@require_POST
def drop(request: Request, photo_id: int) -> HttpResponse:
    """Withdraw a photo: it is deleted."""
    row = queries.photo(photo_id, by=request.actor)
    if row is None:
        raise Http404
    actions.drop_photo(by=request.actor, now=request.now, photo_id=photo_id)
    messages.success(request, _("已撤下这张照片，图像已删除。"))
    return redirect("contact_detail", row.contact_id)
