"""Small files of every kind that can be handed in, made here."""

import io
import struct
import zipfile

from PIL import Image


def box(name, body=b""):
    return struct.pack(">I", 8 + len(body)) + name + body


def mp4(payload=b"\x00" * 4000):
    """The boxes of a film without a picture: enough for what judges it."""
    return box(b"ftyp", b"isom\x00\x00\x02\x00isomiso2") + box(b"moov", b"\x00" * 100) + box(b"mdat", payload)


def webm(payload=b"\x00" * 500):
    head = b"\x42\x82\x84webm"
    return (
        b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(head)]) + head
        + b"\x18\x53\x80\x67" + bytes([0x40 | (len(payload) >> 8), len(payload) & 255]) + payload
    )  # fmt: skip


def pdf(inside=b""):
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + inside + b">>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def picture(kind="PNG", size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind)
    return out.getvalue()


def docx(*more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
