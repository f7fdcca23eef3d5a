"""QR codes (ISO/IEC 18004) as SVG for print and screens and as PNG for Word."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import segno

from anwang.domain.base import Refusal, gettext_noop

_MEDIUM = "m"  # 15 % of a stained or creased sheet may be lost


@lru_cache(maxsize=4096)
def _code(payload: str) -> segno.QRCode:
    try:
        return segno.make_qr(payload, error=_MEDIUM, boost_error=False)
    except segno.DataOverflowError:
        raise Refusal(
            "qr.too_long", gettext_noop("二维码内容过长（%(length)s字），请缩短网址"), length=len(payload)
        ) from None


def qr_svg(payload: str, *, border: int = 0) -> str:
    """A complete SVG of one path, one unit a module, without XML declaration: fit for a page and for print."""
    return _code(payload).svg_inline(border=border, omitsize=True, svgclass=None, lineclass=None)


def qr_png(payload: str, *, scale: int = 12, border: int = 0) -> bytes:
    """A black and white PNG with `scale` pixels a module."""
    out = BytesIO()
    _code(payload).save(out, kind="png", scale=scale, border=border)
    return out.getvalue()
