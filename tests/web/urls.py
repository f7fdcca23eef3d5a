"""The style guide as a page, for tests and for whoever designs: it is no part of the product's URLs.

Its names are those of an open page, since a URL without a permission entry is closed.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.views.i18n import set_language

from tests.web import gallery


def page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        if not gallery.ContactForm(request.POST).is_valid():
            return render(request, "web/styleguide.html", gallery.context(request, data=request.POST), status=422)
        messages.success(request, "已记录。", extra_tags="undo:/gallery")
        return redirect("/gallery")
    return render(request, "web/styleguide.html", gallery.context(request))


def refusal(request: HttpRequest) -> HttpResponse:
    context = {"code": "roster.busy", "message": "另一位同事刚刚改过这家企业，请刷新后再改。"}
    return render(request, "web/refused.html", context, status=409)


def answer(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"next": "/gallery?sent=1"}, status=201)


def who(request):
    """The gallery knows no accounts: its one visitor is called "-"."""
    return JsonResponse({"user": "-"})


urlpatterns = [
    path("gallery", page, name="healthz"),
    path("gallery/refusal", refusal, name="healthz"),
    path("gallery/answer", answer, name="healthz"),
    path("offline/who/", who, name="healthz"),
    path("i18n/setlang/", set_language, name="set_language"),
    path("account/", include("allauth.urls")),
]
handler404 = "anwang.config.pages.not_found"
