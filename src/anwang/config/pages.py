"""The error pages: what happened, and what to do next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from anwang.web.requests import is_program

from .errors import told


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    if is_program(request):
        return told("not_found", gettext("没有找到，或它不在您的网格内。"), 404)
    return render(request, "web/404.html", status=404)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "web/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if is_program(request):
        return told("csrf", gettext("页面已过期，请刷新后再试；没有上传的记录还在本机。"), 403)
    return render(request, "web/403.html", {"csrf": True}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("web/500.html"), status=500)
