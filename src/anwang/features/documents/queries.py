"""Finding issued documents."""

from __future__ import annotations

from collections.abc import Iterable

from .models import IssuedDocument


def by_token(token: str) -> IssuedDocument | None:
    """The document that a QR code names; any letter case."""
    return IssuedDocument.objects.filter(token=token.upper()).first()


def by_targets(targets: Iterable[str]) -> dict[str, IssuedDocument]:
    """Valid documents by what they speak of (model:id)."""
    return {row.target: row for row in IssuedDocument.objects.filter(target__in=list(targets), state="valid")}
