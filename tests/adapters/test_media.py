"""Stored files carry the beginning of their digest in their name, and are whole once they have one."""

import hashlib
import io
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from anwang.adapters import media
from anwang.adapters.media import Condition


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_the_name_tells_the_bytes_and_not_what_people_called_the_file(folder):
    name, digest = media.keep_file(io.BytesIO(b"letter"), folder="tasks", suffix=".pdf")
    assert digest == hashlib.sha256(b"letter").hexdigest()
    assert name.startswith(f"tasks/{digest[:40]}-")
    assert (media.named_digest(name), media.fetch(name)) == (digest[:40], b"letter")
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_equal_bytes_are_two_files_so_that_each_owner_may_drop_its_own():
    first, second = (media.keep(b"same", folder="photos") for _ in range(2))
    media.drop(first)
    assert media.fetch(second) == b"same"


def test_the_shortest_column_holds_the_longest_name_of_its_folder():
    assert len(media.keep(b"x", folder="photos", suffix=".jpg")) <= 80


def test_a_file_is_whole_changed_or_missing(folder):
    name = media.keep(b"photo", folder="photos", suffix=".jpg")
    assert media.condition(name) is Condition.WHOLE
    (folder / name).write_bytes(b"phot0")
    assert media.condition(name) is Condition.CHANGED
    (folder / name).unlink()
    assert media.condition(name) is Condition.MISSING
    assert media.condition("../outside") is Condition.MISSING
    assert media.condition("photos") is Condition.MISSING


class Broken(io.BytesIO):
    def read(self, size=-1):
        raise OSError("the line is cut")


def test_an_upload_that_breaks_off_leaves_nothing(folder):
    with pytest.raises(OSError, match="cut"):
        media.keep_file(Broken(), folder="materials")
    assert list((folder / "materials").iterdir()) == []


def test_a_name_is_given_when_all_of_it_is_on_the_disk(folder, monkeypatch):
    seen = []
    rename = Path.rename
    monkeypatch.setattr(Path, "rename", lambda part, name: (seen.append(part.read_bytes()), rename(part, name))[1])
    media.keep(b"x" * 3_000_000, folder="materials")
    assert [len(data) for data in seen] == [3_000_000]


def test_files_of_all_folders_are_listed_by_their_age(folder):
    names = {media.keep(b"x", folder=each) for each in ("photos", "reports")}
    (folder / "prints" / "half").mkdir(parents=True)
    (folder / "prints" / "half" / "part").write_bytes(b"x")
    now = datetime.now(UTC)
    assert set(media.stored(before=now + timedelta(hours=1))) == names | {"prints/half/part"}
    assert list(media.stored(before=now - timedelta(hours=1))) == []
