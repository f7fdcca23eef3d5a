"""What a device is answered: the protocol of docs/explanation/offline.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.domain.base import Refusal, Role
from anwang.domain.duties.photos import MOST
from anwang.domain.duties.timing import LONGEST_OFFLINE
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from ..forms.photos import meta_of, photo_data, too_large
from ..queries.differing import differences


def large(request: Request) -> HttpResponse | None:
    """413 for a body above the limit, before any of its files is opened."""
    length = request.headers.get("content-length", "")
    if not (length.isdigit() and int(length) > settings.MAX_UPLOAD_BYTES):
        return None
    most = settings.MAX_UPLOAD_BYTES
    message = _("一次上传超过 %(mb)s MB，请把照片逐张上传，或先缩小。") % {"mb": most >> 20}
    return JsonResponse({"code": "too_large", "message": message, "max_bytes": most}, status=413)


def taken(row: Any, again: bool, photos: list[dict[str, Any]]) -> HttpResponse:
    """The record is here: new, or as before."""
    url = reverse("contact_detail", args=[row.id])
    body = {"ok": True, "status": "same" if again else "created", "id": row.id, "url": url, "next": url}
    return JsonResponse({**body, "photos": photos}, status=200 if again else 201)


def differs(refusal: Refusal, known: Any, data: Any) -> HttpResponse:
    """Same id, other content: both are shown, the device keeps its own."""
    found = [{"field": each.field, "label": _(each.label), "kept": _(each.kept) if each.kept else "",
              "sent": _(each.sent) if each.sent else ""}
             for each in differences(known, data)]  # fmt: skip
    url = reverse("contact_detail", args=[known.id])
    body = {"code": refusal.code, "message": words(refusal), "id": known.id, "url": url, "differences": found}
    return JsonResponse(body, status=refusal.status)


def sent_photos(request: Request, contact_id: int) -> Iterator[dict[str, Any]]:
    """Keep the photos that came with a record, each for itself: one that cannot be used does not lose the others."""
    texts = request.POST.getlist("photo_meta")
    for number, file in enumerate(request.FILES.getlist("photos")):
        said: Any = {}
        try:
            said = meta_of(texts, number)
            yield keep(request, contact_id, file, said)
        except Refusal as refusal:
            yield {"id": said.get("id"), "status": "refused", "code": refusal.code, "message": words(refusal)}


def keep(request: Request, contact_id: int, file: Any, said: Any) -> dict[str, Any]:
    """Keep one uploaded photo and say how it is known here."""
    if too_large(file.size):
        raise Refusal("photo_large", _("照片太大，请缩小后再传。"))
    photo = photo_data(file.read(), said)
    kept = actions.add_photo(by=request.actor, now=request.now, contact_id=contact_id, photo=photo)
    return {**shown(kept.photo), "id": str(photo.client_id or kept.photo.client_id),
            "status": "same" if kept.again else "created"}  # fmt: skip


def shown(row: Any) -> dict[str, Any]:
    """A photo as a device compares it with its own."""
    return {
        "id": str(row.client_id), "key": row.id, "sha256": row.sha256, "original_sha256": row.original_sha256,
        "url": reverse("contact_photo", args=[row.id]) if row.place else "",
    }  # fmt: skip


def album(row: Any) -> dict[str, Any]:
    """What a record holds, how many more it takes, and until when."""
    kept = queries.photos_of(row)
    return {
        "ok": True, "id": row.id, "url": reverse("contact_detail", args=[row.id]),
        "photos": [shown(each) for each in kept], "room": MOST - len(kept),
        "until": (row.received_at + LONGEST_OFFLINE).isoformat(),
    }  # fmt: skip


def may_add(request: Request, row: Any) -> bool:
    """Whether the page offers to add a photo."""
    own = row.person_id == request.actor.person_id or request.actor.has(Role.OFFICE, Role.LEADER)
    return bool(own and row.void_at is None and request.now <= row.received_at + LONGEST_OFFLINE)
