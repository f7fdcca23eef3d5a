"""QR codes (ISO/IEC 18004) as SVG for print and screens and as PNG for Word."""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO

import numpy as np
import zxingcpp
from PIL import Image, ImageOps

from anwang.domain.base import Refusal, gettext_noop

_MEDIUM = "M"  # 15 % of a stained or creased sheet may be lost
_TO_GREY = bytes([255, 0]) + bytes(254)  # 0 is light, 1 is dark
_DARK = re.compile(rb"\x01+")


@lru_cache(maxsize=4096)
def _modules(payload: str) -> tuple[bytes, ...]:
    """The rows of the code, a byte a module, 1 is dark. By the library that reads them too: it is compiled."""
    try:
        code = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level=_MEDIUM)
    except ValueError:
        raise Refusal(
            "qr.too_long", gettext_noop("二维码内容过长（%(length)s字），请缩短网址"), length=len(payload)
        ) from None
    grey = np.asarray(zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False))
    return tuple(row.tobytes() for row in (grey == 0).astype(np.uint8))


@lru_cache(maxsize=4096)
def qr_svg(payload: str, *, border: int = 0) -> str:
    """A complete SVG of one black path, one unit a module; it takes the size of the box it is put in."""
    rows = _modules(payload)
    side = len(rows) + 2 * border
    runs = "".join(
        f"M{run.start() + border} {y}h{run.end() - run.start()}v1h-{run.end() - run.start()}z"
        for y, row in enumerate(rows, border)
        for run in _DARK.finditer(row)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{runs}"/></svg>'


@lru_cache(maxsize=1024)
def qr_png(payload: str, *, scale: int = 12, border: int = 0) -> bytes:
    """A black and white PNG with `scale` pixels a module."""
    rows = _modules(payload)
    side = len(rows)
    modules = Image.frombytes("L", (side, side), b"".join(rows).translate(_TO_GREY)).convert("1")
    modules = ImageOps.expand(modules, border, fill=1)
    out = BytesIO()
    modules.resize((scale * modules.width,) * 2, Image.Resampling.NEAREST).save(out, "PNG", compress_level=1)
    return out.getvalue()
