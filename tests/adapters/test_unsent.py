"""A ZIP of unsent records is opened only when it is one, and never unpacks to more than it says."""

import io
import json
import struct
import zipfile

import pytest

from anwang.adapters import unsent
from anwang.adapters.unsent import is_unsent, read_unsent
from tests.refusals import refused

ID = "3f2c9d5e-7a41-4c5d-9d3e-0123456789ab"


def package(files, manifest=True, how=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        if manifest:
            names = [name for name in files if name.endswith(".json")]
            said = {"format": "anwang-unsent", "version": 1, "user": "7", "records": names}
            archive.writestr("manifest.json", json.dumps(said))
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def record(**other):
    return json.dumps({"id": ID, "entries": [["form", "call"]], **other})


@pytest.mark.parametrize("manifest", [True, False])
def test_records_and_their_photos_are_read(manifest):
    photos = [{"id": "1", "file": f"{ID}/1.jpg"}]
    data = package({f"{ID}.json": record(photos=photos), f"{ID}/1.jpg": b"\xff\xd8\xff"}, manifest)
    assert is_unsent(data)
    (found,) = read_unsent(data)
    assert found.body["entries"] == [["form", "call"]]
    assert found.photos == ((photos[0], b"\xff\xd8\xff"),)


@pytest.mark.parametrize(
    "name",
    ["../evil.json", "/etc/passwd", "a/b/c.json", f"{ID}/../x.jpg", f"{ID}\\x.jpg", "C:/x.json", f"{ID}/a/b.jpg",
     "inner.zip", f"{ID}/..", "MANIFEST.JSON"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(name):
    with refused("zip_name"):
        read_unsent(package({f"{ID}.json": record(), name: b"x"}))


def test_two_members_of_one_name_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(f"{ID}.json", record())
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(f"{ID}.json", record())
    with refused("zip_name"):
        read_unsent(out.getvalue())


def test_a_bomb_is_refused_by_what_its_directory_says():
    with refused("zip_bomb"):
        read_unsent(package({f"{ID}.json": record(), f"{ID}/1.jpg": b"\0" * (20 << 20)}, how=zipfile.ZIP_DEFLATED))


def test_a_member_that_goes_on_after_its_size_is_refused():
    data = bytearray(package({f"{ID}.json": record(pad="x" * 50_000)}, False, zipfile.ZIP_DEFLATED))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    with pytest.raises(unsent.Refusal) as caught:
        read_unsent(bytes(data))
    assert caught.value.code in {"zip_bomb", "zip_damaged"}


def test_a_file_of_a_size_that_no_record_has_is_refused():
    with refused("zip_bomb"):
        read_unsent(package({f"{ID}.json": record(pad="x" * (2 << 20))}))


def test_more_than_a_telephone_keeps_is_refused(monkeypatch):
    monkeypatch.setattr(unsent, "MOST_RECORDS", 1)
    other = ID.replace("3", "4")
    with refused("zip_large"):
        read_unsent(package({f"{ID}.json": record(), f"{other}.json": record()}))
    monkeypatch.setattr(unsent, "MOST_BYTES", 10)
    with refused("zip_large"):
        read_unsent(package({f"{ID}.json": record()}))


def test_a_password_is_said_to_be_one():
    data = bytearray(package({f"{ID}.json": record()}, False))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    with refused("zip_encrypted"):
        read_unsent(bytes(data))


@pytest.mark.parametrize("part", [10, 60, -30])
def test_half_a_package_is_damaged(part):
    with refused("zip_damaged"):
        read_unsent(package({f"{ID}.json": record()})[:part])


def test_a_changed_byte_is_damage():
    data = bytearray(package({f"{ID}.json": record()}, False))
    data[60] ^= 1
    with refused("zip_damaged"):
        read_unsent(bytes(data))


@pytest.mark.parametrize("body", ["[]", "no json", "[" * 100_000, '"text"'])
def test_a_record_that_is_no_object_is_refused(body):
    with refused("zip_format"):
        read_unsent(package({f"{ID}.json": body}, False))


@pytest.mark.parametrize("said", [{"format": "other"}, {"format": "anwang-unsent", "version": 2}, {"records": 5}])
def test_a_manifest_of_another_kind_is_refused(said):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.json", json.dumps(said))
        archive.writestr(f"{ID}.json", record())
    with refused("zip_format"):
        read_unsent(out.getvalue())


def test_a_photo_that_is_named_and_not_there_is_damage():
    with refused("zip_damaged"):
        read_unsent(package({f"{ID}.json": record(photos=[{"id": "1", "file": f"{ID}/1.jpg"}])}))


def test_a_photo_of_another_record_is_not_taken():
    other = ID.replace("3", "4")
    files = {f"{ID}.json": record(photos=[{"id": "1", "file": f"{other}/1.jpg"}]), f"{other}/1.jpg": b"x"}
    with refused("zip_damaged"):
        read_unsent(package(files))


def test_an_empty_package_says_so():
    with refused("zip_empty"):
        read_unsent(package({}))


def test_a_workbook_is_no_package():
    assert not is_unsent(package({"xl/workbook.xml": b"<x/>"}, False))
    assert not is_unsent(b"PK\x03\x04garbage")
    assert not is_unsent(b"name,day\n")
