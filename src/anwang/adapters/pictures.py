"""Pictures that people hand in: checked before they are opened, made anew without what cameras write into them."""

from __future__ import annotations

import warnings
from base64 import b64decode
from binascii import Error as Base64Error
from io import BytesIO

from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from anwang.domain.base import Refusal, gettext_noop

SIGNATURE_BYTES, SIGNATURE_SIDE = 400_000, 4_000
PHOTO_BYTES, PHOTO_PIXELS, PHOTO_SIDE = 15_000_000, 60_000_000, 1_600
THUMB_QUALITY = 70
_PNG_URL = "data:image/png;base64,"
_BAD_SIGNATURE = gettext_noop("签名图片无法识别，请重新签名，或改用输入姓名。")
_BAD_PHOTO = gettext_noop("照片无法识别，请换一张 JPG 或 PNG 照片；没有照片也可以确认。")


def png_of_url(text: str) -> bytes:
    """The bytes of a drawn signature's data URL. Refuses `signature_invalid`."""
    if not text.startswith(_PNG_URL) or len(text) > SIGNATURE_BYTES * 4 // 3 + 100:
        raise Refusal("signature_invalid", _BAD_SIGNATURE)
    try:
        return b64decode(text.removeprefix(_PNG_URL), validate=True)
    except (Base64Error, ValueError):
        raise Refusal("signature_invalid", _BAD_SIGNATURE) from None


def signature(data: bytes) -> bytes:
    """A drawn signature as a small black and white PNG, cut to its ink. Refuses `signature_invalid`, and
    `signature_empty` when nothing was drawn."""
    image = _open(data, SIGNATURE_BYTES, SIGNATURE_SIDE**2, ("PNG",), Refusal("signature_invalid", _BAD_SIGNATURE))
    flat = Image.new("L", image.size, 255)
    rgba = image.convert("RGBA")
    flat.paste(rgba.convert("L"), mask=rgba.getchannel("A"))
    ink = ImageChops.invert(flat).point(lambda value: 255 if value > 40 else 0)
    box = ink.getbbox()
    if box is None or sum(ink.crop(box).histogram()[128:]) < 40:
        raise Refusal("signature_empty", gettext_noop("签名板是空的，请先签名，或输入姓名。"))
    cut = ImageOps.expand(flat.crop(box), 8, fill=255)
    cut.thumbnail((900, 360))
    return _saved(cut, "PNG", optimize=True)


def photo(data: bytes) -> bytes:
    """A photo as JPEG, upright, at most 1,600 pixels wide, without place, time or device. Refuses `photo_invalid`."""
    image = _open(data, PHOTO_BYTES, PHOTO_PIXELS, ("JPEG", "PNG"), Refusal("photo_invalid", _BAD_PHOTO))
    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    return _saved(clean, "JPEG", quality=82)


def thumbnail(data: bytes, side: int) -> bytes | None:
    """A small JPEG of a kept picture, its longer side at most `side` pixels; the same bytes for the same picture.

    None when it cannot be read: what shows it says so instead. A large JPEG is decoded at a fraction of its size.
    """
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > PHOTO_PIXELS:
                return None
            image.draft("RGB", (side, side))
            small = ImageOps.exif_transpose(image).convert("RGB")
        small.thumbnail((side, side))
        return _saved(small, "JPEG", quality=THUMB_QUALITY, optimize=True)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        return None


def _open(data: bytes, most: int, pixels: int, formats: tuple[str, ...], refusal: Refusal) -> Image.Image:
    """The picture, after its declared size was found sound: a bomb is refused before it is unpacked."""
    if not data or len(data) > most:
        raise refusal
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=formats) as probe:
                if probe.width * probe.height > pixels or min(probe.size) < 8:
                    raise refusal
                probe.verify()
            image = Image.open(BytesIO(data), formats=formats)
            image.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refusal from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise refusal from None
    return image


def _saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()
