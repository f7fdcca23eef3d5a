"""The language of a signed-in person is the account's: the same on every device, in mails and digests too.

Whoever never chose one, and whoever is signed out, has that of the device: its cookie, then its browser.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.views.i18n import LANGUAGE_QUERY_PARAMETER, set_language

from anwang.domain.base import Actor
from anwang.features.accounts import actions as accounts


class OwnLanguageMiddleware:
    """Puts the page into the account's language; after the user is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = getattr(request.user, "language", "")
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
        return self.get_response(request)


def choose_language(request: HttpRequest) -> HttpResponseBase:
    """The switch: for the device by the framework, for the person in the account."""
    chosen = request.POST.get(LANGUAGE_QUERY_PARAMETER, "")
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is not None and actor.user_id and chosen in dict(settings.LANGUAGES):
        accounts.choose_language(by=actor, now=timezone.now(), user_id=actor.user_id, language=chosen)
    return set_language(request)
