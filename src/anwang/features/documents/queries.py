"""Finding issued documents."""

from __future__ import annotations

from .models import IssuedDocument


def by_token(token: str) -> IssuedDocument | None:
    """The document that a QR code names; any letter case."""
    return IssuedDocument.objects.filter(token=token.upper()).first()
