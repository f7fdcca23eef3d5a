"""Reading the QR codes of a photographed sheet: creased, turned, half in the shade."""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from PIL import Image, ImageOps

#: Telephones photograph a whole page in twelve megapixels; the code is legible in four.
_SIDE = 2_400


def read_codes(picture: bytes) -> list[str]:
    """The texts of the codes in a picture that was checked before, the same text once; [] when none can be read."""
    with Image.open(BytesIO(picture)) as opened:
        grey = ImageOps.exif_transpose(opened).convert("L")
    grey.thumbnail((_SIDE, _SIDE))
    half = (grey.width // 2 or 1, grey.height // 2 or 1)
    for tried in (grey, ImageOps.autocontrast(grey, cutoff=2), grey.resize(half)):
        found = zxingcpp.read_barcodes(tried, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        if texts := list(dict.fromkeys(code.text for code in found if code.text)):
            return texts
    return []
