"""What a phone needs to work without a network: the service worker, who is signed in, which pages to keep.

Nothing here is needed: without a service worker every page works in plain form (B9).
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from anwang.domain.base import Role
from anwang.features.assignments import queries as assignments

WORKER = "dist/sw.js"
#: What every page loads; the worker keeps them so that a kept page has its looks.
FILES = ("dist/head.js", "dist/app.js", "dist/app-styles.css", "dist/icons.svg", "icons/anwang.svg")
#: Enterprises whose pages are kept; whoever has more keeps the leads first (assignments.of_person).
MOST = 40
#: The forms of a contact whose page is kept for each enterprise.
FORMS = ("call", "on_site")


def worker(request: HttpRequest) -> HttpResponse:
    """The built service worker after a line with the files of this release; never cached, so that a release is seen."""
    source = preface() + _read(WORKER).decode()
    answer = HttpResponse(source, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = "/"
    return answer


def preface() -> str:
    """The worker's settings as its first line. The version changes with any file, and with it the worker's bytes."""
    version = sha256(b"".join(map(_read, (WORKER, *FILES)))).hexdigest()[:16]
    told = {
        "version": version,
        "files": [static(name) for name in FILES],
        "prefix": static(""),
        "offline": reverse("offline"),
        "pages": reverse("offline_pages"),
        "login": reverse("account_login"),
        "logout": reverse("account_logout"),
    }
    return f"self.ANWANG={json.dumps(told)};\n"


def _read(name: str) -> bytes:
    return _found(name) if settings.DEBUG else _read_once(name)


@cache
def _read_once(name: str) -> bytes:
    return _found(name)


def _found(name: str) -> bytes:
    path = finders.find(name)
    if not path:
        raise Http404(name)
    return Path(str(path)).read_bytes()


def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest: the site can be put on the home screen, and never has to be."""
    icon = [{"src": static("icons/anwang.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    icon += [
        {"src": static(f"dist/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    told = {
        "id": "/", "name": "安网 企业安全生产包保督导平台", "short_name": "安网", "lang": "zh-CN", "start_url": "/",
        "scope": "/", "display": "minimal-ui", "background_color": "#f4f6f9", "theme_color": "#123f7c", "icons": icon,
    }  # fmt: skip
    answer = JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    answer.headers["Cache-Control"] = "max-age=86400"
    return answer


def offline(request: HttpRequest) -> HttpResponse:
    """The page for an address that is not on the phone. It is kept for everyone, so it says nothing about anyone."""
    return render(request, "web/offline.html")


@never_cache
def who(request: HttpRequest) -> HttpResponse:
    """Whose session this is: a kept record is sent under the account that made it, and under no other."""
    return JsonResponse({"user": request.user.pk, "now": timezone.now().isoformat()})


@never_cache
def pages(request: Any) -> HttpResponse:
    """The addresses worth keeping for this person: home, duties, my enterprises and the forms to record with."""
    own: list[str] = []
    if request.actor and request.actor.has(Role.SUPERVISOR):
        own = _pages_of(request.actor.person_id or 0, request.today)
    return JsonResponse({"user": request.user.pk, "now": request.now.isoformat(), "pages": own})


def _pages_of(person: int, day: Any) -> list[str]:
    firms = [row.enterprise_id for row in assignments.of_person(person, on=day)[:MOST]]
    mine, new = reverse("my_enterprises"), reverse("contact_new")
    kept = [reverse("home"), reverse("duty_home"), mine, *(f"{mine}?form={form}" for form in FORMS)]
    for firm in firms:
        kept += [f"{new}?enterprise={firm}&form={form}" for form in FORMS]
        kept.append(reverse("enterprise", args=[firm]))
    return kept
