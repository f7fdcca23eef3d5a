"""Workbooks that a person takes away."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(made: BytesIO | bytes, name: str) -> FileResponse:
    """A workbook to save under a name, with what was written into it; no browser keeps it besides."""
    target = BytesIO(made) if isinstance(made, bytes) else made
    target.seek(0)
    return FileResponse(
        target, as_attachment=True, filename=name, content_type=XLSX, headers={"Cache-Control": "no-store"}
    )
