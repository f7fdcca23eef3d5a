"""How a public page is served: kept by anybody for as long as the policy says, for search engines or not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

from anwang.domain.calendar import local_day
from anwang.web.requests import Request

from .. import queries

View = Callable[..., HttpResponseBase]


def openly(view: View) -> View:
    """Reading only; with an ETag, `Cache-Control` and `X-Robots-Tag` as the rules of disclosure say."""

    @wraps(view)
    def served(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        rules = queries.rules(local_day(request.now))
        if response.status_code in {200, 304}:
            patch_cache_control(response, public=True, max_age=rules.cache_minutes * 60)
        else:
            patch_cache_control(response, no_store=True)
        response["X-Robots-Tag"] = "all" if rules.indexable else "noindex, nofollow"
        return response

    return require_safe(conditional_page(served))
