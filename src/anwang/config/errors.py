"""Refusals and faults as HTTP: a stable code, one sentence, nothing lost."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from anwang.domain.base import Refusal
from anwang.web.reasons import words
from anwang.web.requests import is_program


def sentence(refusal: Refusal) -> str:
    """The refusal in the reader's language."""
    return words(refusal)


def told(code: str, message: str, status: int, **more: str) -> JsonResponse:
    """A refusal for a program: a stable code and one sentence."""
    return JsonResponse({"code": code, "message": message, **more}, status=status)


def refused(request: HttpRequest, error: Refusal, status: int) -> HttpResponse:
    """A refusal for whoever asked: JSON for programs, a page for people."""
    if is_program(request):
        return told(error.code, sentence(error), status)
    context = {"code": error.code, "message": sentence(error)}
    return render(request, "web/refused.html", context, status=status)


class RefusalMiddleware:
    """Turns a Refusal that left a view into an answer: JSON for programs, a page for people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        return refused(request, error, error.status)
