"""Every feature's URLs, flat: names are unique in the whole product."""

from __future__ import annotations

from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.conf.urls.static import static
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from . import offline
from .language import choose_language


def healthz(request: HttpRequest) -> HttpResponse:
    """For the process supervisor: the application answers."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("sw.js", offline.worker, name="service_worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("offline/", offline.offline, name="offline"),
    path("offline/who/", offline.who, name="offline_who"),
    path("offline/pages/", offline.pages, name="offline_pages"),
    path("i18n/setlang/", choose_language, name="set_language"),
    path("account/", include("allauth.urls")),
]
for app in apps.get_app_configs():
    if app.name.startswith("anwang.features.") and find_spec(f"{app.name}.urls"):
        urlpatterns.append(path("", include(f"{app.name}.urls")))
if settings.DEBUG:
    urlpatterns += static(settings.STATIC_URL, document_root=settings.STATIC_ROOT)

handler404 = "anwang.config.pages.not_found"
handler500 = "anwang.config.pages.broken"
handler403 = "anwang.config.pages.forbidden"
