"""Photos of a record: judged before they are decoded, drawn anew without what cameras write into them (B9).

A refusal has one of the codes photo_empty, photo_large, photo_kind, photo_small, photo_damaged; each is status 422.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from anwang.domain.base import Refusal, gettext_noop

MOST_BYTES, MOST_PIXELS = 15_000_000, 60_000_000
SIDE, THUMB_SIDE, FEWEST = 2048, 320, 16
#: A photo of a telephone in this size is about this large; the quality goes down until it is.
AIM_BYTES, QUALITIES = 420_000, (82, 74, 66)
_SQUARE, _GRID = (72, 72), (9, 8)
_TURNS = (
    None, Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.ROTATE_90,
    Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270, Image.Transpose.TRANSPOSE, Image.Transpose.TRANSVERSE,
)  # fmt: skip
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx")
_EXIF_IFD, _TAKEN, _TAKEN_ZONE = 0x8769, 36867, 36881
register_heif_opener(thumbnails=False)


class PhotoRefusal(Refusal):
    """A file that is no usable photo; a record without it is as good."""

    status = 422


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo ready to be kept: JPEG and thumbnail, size in pixels, and when the camera says that it was taken.

    `sha256` is of the bytes as they came. `greys`: 9 x 8 grey values of the picture and of its seven mirrored and
    turned forms. `taken`: naive when the camera names no zone.
    """

    jpeg: bytes
    thumb: bytes
    width: int
    height: int
    sha256: str
    greys: tuple[bytes, ...]
    taken: datetime | None


def read_photo(data: bytes) -> Picture:
    """The picture of a JPEG, PNG, WebP or HEIC file. Its place is never read; its turn and its time are."""
    kind = _kind(data)
    with _sound():
        with Image.open(BytesIO(data), formats=(kind,)) as probe:
            _judge(*probe.size)
            taken = _taken(probe)
        image = Image.open(BytesIO(data), formats=(kind,))
        image.draft("RGB", (SIDE, SIDE))
        image.load()
        upright = _flat(ImageOps.exif_transpose(image))
    upright.thumbnail((SIDE, SIDE))
    small = upright.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return Picture(
        _jpeg(upright), _saved(small, 76), *upright.size, sha256(data).hexdigest(), tuple(_greys(upright)), taken
    )


def _kind(data: bytes) -> str:
    """The format by the first bytes; a name or a content type may say anything."""
    if not data:
        raise PhotoRefusal("photo_empty", gettext_noop("照片文件是空的，请重新选择。"))
    if len(data) > MOST_BYTES:
        raise _large()
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return "HEIF"
    text = gettext_noop("这个文件不是照片：可用 JPG、PNG、WebP 或 HEIC。没有照片也可以登记。")
    raise PhotoRefusal("photo_kind", text)


def _large() -> PhotoRefusal:
    text = gettext_noop("照片太大（最多 %(mb)s MB、%(mp)s 百万像素），请缩小后再传。")
    return PhotoRefusal("photo_large", text, mb=MOST_BYTES // 10**6, mp=MOST_PIXELS // 10**6)


def _judge(width: int, height: int) -> None:
    """By the size that the file declares, before anything is unpacked."""
    if width * height > MOST_PIXELS:
        raise _large()
    if min(width, height) < FEWEST:
        raise PhotoRefusal("photo_small", gettext_noop("照片太小，看不清内容，请换一张。"))


@contextmanager
def _sound() -> Iterator[None]:
    """Whatever a decoder says about a broken file becomes one sentence."""
    damaged = PhotoRefusal("photo_damaged", gettext_noop("照片已损坏或没有传完，请重新选择。"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Refusal:
            raise
        except Image.DecompressionBombError:
            raise _large() from None
        except Exception:
            raise damaged from None


def _flat(image: Image.Image) -> Image.Image:
    """On white, in RGB, without anything that is not a pixel."""
    clean = Image.new("RGB", image.size, "white")
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        clean.paste(image, mask=image.getchannel("A"))
    else:
        clean.paste(image.convert("RGB"))
    return clean


def _taken(image: Image.Image) -> datetime | None:
    """When the camera says that the shutter opened; nonsense is nothing."""
    try:
        words = image.getexif().get_ifd(_EXIF_IFD)
        moment = datetime.strptime(str(words.get(_TAKEN, "")).strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
        zone = str(words.get(_TAKEN_ZONE, "")).strip("\0 ")
        return datetime.fromisoformat(f"{moment.isoformat()}{zone}") if zone else moment
    except Exception:
        return None


def _greys(image: Image.Image) -> Iterator[bytes]:
    """The same squeezing for every form, so that turning first or last comes to the same."""
    square = image.convert("L").resize(_SQUARE, Image.Resampling.BOX)
    for turn in _TURNS:
        turned = square if turn is None else square.transpose(turn)
        yield turned.resize(_GRID, Image.Resampling.BOX).tobytes()


def _jpeg(image: Image.Image) -> bytes:
    for quality in QUALITIES:
        made = _saved(image, quality)
        if len(made) <= AIM_BYTES:
            break
    return made


def _saved(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
