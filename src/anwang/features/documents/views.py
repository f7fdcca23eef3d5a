"""The verification page behind every QR code: genuine or not, valid or replaced, without personal data."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from . import queries


def form(request: HttpRequest) -> HttpResponse:
    """Type the code by hand when the phone cannot scan."""
    token = re.sub(r"[^0-9A-Za-z]", "", request.GET.get("token", "")).upper()
    if token:
        return redirect(reverse("document_verify", args=[token[:16]]) + request.carry)  # type: ignore[attr-defined]
    return _page(request, {"asked": False})


def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What the paper says it is. An unknown code is answered plainly, with what to do."""
    document = queries.by_token(token[:32])
    context = {"asked": True, "token": token[:16], "document": document}
    return _page(request, context, status=200 if document else 404)


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Never older than the question, and nothing for search engines: it may be withdrawn this minute."""
    response = render(request, "documents/verify.html", context, status=status)
    response["Cache-Control"], response["X-Robots-Tag"] = "no-cache", "noindex, nofollow"
    return response
