"""How a public page is served: kept by anybody for as long as the policy says, for search engines or not.

A page may be `cache_minutes` old anywhere, so also here: whoever asks in that time whether the page still reads as it
did is told so without the page being made again. What the office publishes or withdraws counts at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page, require_safe

from anwang.domain.calendar import local_day
from anwang.domain.documents.disclosure import DisclosureRules
from anwang.web.requests import Request

from .. import queries

View = Callable[..., HttpResponseBase]


def openly(view: View) -> View:
    """Reading only; with an ETag, `Cache-Control` and `X-Robots-Tag` as the rules of disclosure say."""

    @wraps(view)
    def served(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rules = queries.rules(local_day(request.now))
        return _marked(request, view(request, *args, **kwargs), rules)

    made = conditional_page(served)

    @wraps(view)
    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = _place(request)
        known = cache.get(key)
        held = request.headers.get("If-None-Match")
        if known and held and known[0] in {each.strip() for each in held.split(",")}:
            return _unchanged(request, *known)
        response: HttpResponseBase = made(request, *args, **kwargs)
        seconds = queries.rules(local_day(request.now)).cache_minutes * 60
        if response.status_code == 200 and seconds and response.has_header("ETag"):
            cache.set(key, (response["ETag"], request.now.timestamp() + seconds, dict(response.items())), seconds)
        return response

    return require_safe(answered)


def _place(request: Request) -> str:
    """Where the mark of a page is kept: its address, its language, the day, and what the office has published."""
    told = (request.get_full_path(), get_language(), local_day(request.now), queries.edition())
    return "public:" + sha256(repr(told).encode()).hexdigest()


def _unchanged(request: Request, tag: str, until: float, headers: dict[str, str]) -> HttpResponse:
    """304 with what is left of the page's time."""
    response = HttpResponse(status=304)
    kept = ("Vary", "X-Robots-Tag", "Content-Language")
    for name in kept:
        if name in headers:
            response[name] = headers[name]
    response["ETag"] = tag
    patch_cache_control(response, public=True, max_age=max(int(until - request.now.timestamp()), 0))
    return response


def _marked(request: Request, response: HttpResponseBase, rules: DisclosureRules) -> HttpResponseBase:
    if response.status_code in {200, 304}:
        patch_cache_control(response, public=True, max_age=rules.cache_minutes * 60)
    else:
        patch_cache_control(response, no_store=True)
    response["X-Robots-Tag"] = "all" if rules.indexable else "noindex, nofollow"
    return response
