"""Photos from anywhere: judged before they are decoded, drawn anew, never with what a camera writes into them."""

import struct
import zlib
from datetime import datetime, timedelta, timezone
from io import BytesIO

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from anwang.adapters.photos import AIM_BYTES, MOST_BYTES, read_photo
from tests.features.duties.pictures import encoded, jpeg, scene
from tests.refusals import refused


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width=12000, height=10000):
    """A PNG of 120 megapixels in a few kilobytes."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_exif(**how):
    image, exif = scene(3), Image.Exif()
    exif[Base.Orientation] = how.get("turn", 1)
    exif[Base.Make] = "示例相机"
    exif.get_ifd(IFD.Exif)[36867] = how.get("taken", "2026:11:20 15:04:05")
    if "zone" in how:
        exif.get_ifd(IFD.Exif)[36881] = how["zone"]
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (35.0, 3.0, 0.0)
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    return encoded(image, exif=exif.tobytes())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_what_telephones_take_becomes_a_jpeg(kind):
    found = read_photo(encoded(scene(1), kind))
    with Image.open(BytesIO(found.jpeg)) as made:
        assert (made.format, made.size) == ("JPEG", (640, 480))
    with Image.open(BytesIO(found.thumb)) as small:
        assert max(small.size) == 320


@pytest.mark.slow
def test_a_large_photo_is_made_small():
    found = read_photo(encoded(scene(2, (4000, 3000)), quality=95))
    assert (found.width, found.height) == (2048, 1536)
    assert len(found.jpeg) < AIM_BYTES


def test_the_time_of_the_camera_is_read_and_everything_else_is_dropped():
    found = read_photo(with_exif(zone="+08:00"))
    assert found.taken == datetime(2026, 11, 20, 15, 4, 5, tzinfo=timezone(timedelta(hours=8)))
    with Image.open(BytesIO(found.jpeg)) as made:
        assert dict(made.getexif()) == {}
    assert b"GPS" not in found.jpeg
    assert "示例相机".encode() not in found.jpeg


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "昨天", "", "2026:13:45 99:99:99"])
def test_a_time_that_is_none_is_none(taken):
    assert read_photo(with_exif(taken=taken)).taken is None


def test_a_camera_held_upright_gives_an_upright_photo():
    found = read_photo(with_exif(turn=6))
    assert (found.width, found.height) == (480, 640)


def test_a_picture_bomb_is_refused_before_it_is_unpacked():
    data = bomb()
    assert len(data) < 20_000
    with refused("photo_large"):
        read_photo(data)


def test_a_file_above_the_limit_is_refused_before_it_is_opened():
    with refused("photo_large"):
        read_photo(b"\xff\xd8\xff" + b"\0" * MOST_BYTES)


@pytest.mark.parametrize(
    "data",
    [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<?xml version='1.0'?><svg/>", b"GIF89a" + b"\0" * 40,
     b"%PDF-1.7", b"PK\x03\x04" + b"\0" * 60, b"BM" + b"\0" * 60, b"II*\0" + b"\0" * 60, b"hello"],
)  # fmt: skip
def test_what_is_no_photo_is_refused_by_its_first_bytes(data):
    with refused("photo_kind"):
        read_photo(data)


def test_an_empty_file_says_so():
    with refused("photo_empty"):
        read_photo(b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.7])
def test_a_photo_that_was_not_sent_whole_is_refused(kind, part):
    data = encoded(scene(4), kind)
    with refused("photo_damaged"):
        read_photo(data[: max(20, int(len(data) * part))])


HEADS = [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypheic"]


@pytest.mark.parametrize("head", HEADS)
def test_only_the_beginning_of_a_photo_is_no_photo(head):
    with refused("photo_damaged"):
        read_photo(head + b"\x07" * 500)


def test_what_hides_behind_a_photo_is_not_kept():
    hidden = b"<script>alert(1)</script>PK\x03\x04"
    found = read_photo(jpeg() + hidden)
    assert hidden not in found.jpeg
    assert b"<script>" not in found.jpeg


def test_a_dot_is_no_photo():
    with refused("photo_small"):
        read_photo(encoded(Image.new("RGB", (8, 300))))


def test_transparent_parts_are_white():
    found = read_photo(encoded(Image.new("RGBA", (64, 64), (0, 0, 0, 0)), "PNG"))
    with Image.open(BytesIO(found.jpeg)) as made:
        assert made.convert("L").getextrema()[0] > 250
