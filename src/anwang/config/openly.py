"""Public pages are the same for everyone: no cookie comes in, none goes out, nobody is recognised.

Whoever is signed in reads them as a stranger does, so that they can be cached by anybody. The language is the
browser's, or the one named in the address.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

#: Where addresses of public pages begin.
PREFIXES = ("/public/", "/v/", "/robots.txt")


class OpenlyMiddleware:
    """Takes the cookies off a request for a public page, and `Vary: Cookie` off its answer.

    `request.carry` is what links between public pages hand on: `?lang=en`, or nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIXES):
            return self.get_response(request)
        asked = request.GET.get("lang", "")
        language = asked if asked in dict(settings.LANGUAGES) else ""
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {settings.LANGUAGE_COOKIE_NAME: language} if language else {}
        request.carry = f"?lang={language}" if language else ""  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.cookies.clear()
        varies = [each.strip() for each in response.get("Vary", "").split(",")]
        response["Vary"] = ", ".join(each for each in varies if each and each.lower() != "cookie")
        return response
