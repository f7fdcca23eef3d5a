"""Refusals and faults as HTTP: a stable code, one sentence, nothing lost."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from anwang.domain.base import Refusal
from anwang.web.reasons import words


def sentence(refusal: Refusal) -> str:
    """The refusal in the reader's language."""
    return words(refusal)


class RefusalMiddleware:
    """Turns a Refusal that left a view into an answer: JSON for programs, a page for people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        if request.headers.get("accept", "").startswith("application/json"):
            return JsonResponse({"code": error.code, "message": sentence(error)}, status=error.status)
        context = {"code": error.code, "message": sentence(error)}
        return render(request, "web/refused.html", context, status=error.status)
