"""The verification page behind every QR code: genuine or not, valid or replaced, without personal data."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from . import queries


def form(request: HttpRequest) -> HttpResponse:
    """Type the code by hand when the phone cannot scan."""
    token = re.sub(r"[\s-]", "", request.GET.get("token", "")).upper()
    return (
        redirect("document_verify", token=token[:16])
        if token
        else render(request, "documents/verify.html", {"asked": False})
    )


def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What the paper says it is. An unknown code is answered plainly, with what to do."""
    document = queries.by_token(token[:32])
    context = {"asked": True, "token": token[:16], "document": document}
    return render(request, "documents/verify.html", context, status=200 if document else 404)
