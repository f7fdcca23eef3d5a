"""Pages travel compressed: a telephone on a slow line gets a fifth of the bytes. Files are left as they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class PageGZipMiddleware(GZipMiddleware):
    """Compresses HTML only: downloads are compressed already, and parts of a film must keep their lengths.

    Django pads every answer by a random length, so that its size does not give away what stands in it (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
