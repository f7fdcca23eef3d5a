"""Every stored file of every feature is proven; what no row names is swept, and a file whose row is coming never is."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anwang.adapters import media
from anwang.domain.base import SYSTEM
from anwang.features.audit import actions, queries
from anwang.features.audit.models import AuditEvent
from anwang.features.paper.models import Scan
from anwang.features.public.models import Publication
from anwang.features.work.models import Work, WorkState

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def paper(folder):
    """A published paper with its file."""
    path, digest = media.keep_file(BytesIO(b"%PDF"), folder="published", suffix=".pdf")
    return Publication.objects.create(
        unit=371300000000, title="通报", on=NOW.date(), disclosure="public", published_at=NOW, published_by="—",
        file=path, sha256=digest, size=4, form="pdf",
    )  # fmt: skip


def age(path: Path, days: float) -> None:
    """As if it had been written some days ago."""
    then = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))


def faults(**how):
    return [(each.code, each.text) for each in queries.file_faults(**how)]


@pytest.mark.parametrize(
    ("model", "column"), queries.stored_columns(), ids=lambda part: getattr(part, "__name__", part)
)
def test_the_files_of_every_column_are_asked_for(model, column):
    with CaptureQueriesContext(connection) as asked:
        assert list(queries.announced()) == []
    assert any(f'"{model._meta.db_table}"."{column}"' in each["sql"] for each in asked)


def test_a_file_that_lies_there_as_it_was_kept_is_no_fault(paper):
    found = queries.announced()
    assert [(each.path, each.owner) for each in found] == [(paper.file, f"publication:{paper.id}")]
    assert faults(now=NOW + 400 * DAY) == []


def test_missing_changed_and_stray_have_a_code_each(paper, folder):
    (folder / paper.file).write_bytes(b"%PDX")
    assert faults() == [("media_changed", f"publication:{paper.id} 的文件 {paper.file} 的内容与存入时不同")]
    (folder / paper.file).rename(folder / "published" / "elsewhere.pdf")
    assert faults() == [("media_missing", f"publication:{paper.id} 的文件 {paper.file} 不见了")]
    assert [code for code, _ in faults(now=NOW + 3 * DAY)] == ["media_missing", "media_stray"]


def test_a_file_of_another_row_put_in_its_place_is_seen(paper, folder):
    other = media.keep(b"other", folder="published", suffix=".pdf")
    (folder / other).replace(folder / paper.file)
    assert [code for code, _ in faults()] == ["media_changed"]


def test_a_file_withdrawn_while_it_is_looked_for_is_no_fault(paper, monkeypatch):
    condition = media.condition

    def withdrawn(name):
        Publication.objects.update(file="")
        media.drop(paper.file)
        return condition(name)

    monkeypatch.setattr(media, "condition", withdrawn)
    assert faults() == []


def test_what_was_uploaded_and_never_attached_is_swept_after_a_day(paper, folder):
    lost = {media.keep(b"x", folder=each) for each in ("photos", "reports", "scans", "materials")}
    for name in lost:
        age(folder / name, 1.1)
    half = folder / "photos" / "0123456789abcdef.part"
    half.write_bytes(b"half")
    age(half, 1.1)
    fresh = media.keep(b"x", folder="reports")
    age(folder / paper.file, 900)
    assert actions.sweep_files(by=SYSTEM, now=NOW) == 5
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert left == {fresh, paper.file}
    assert AuditEvent.objects.get(action="file.sweep").body == '{"files":5}'
    assert actions.sweep_files(by=SYSTEM, now=NOW) == 0


def test_a_file_that_gets_its_row_while_the_sweep_runs_is_never_swept(folder, monkeypatch):
    """However old it is: a row that is written after the listing is read all the same."""
    path = media.keep(b"scan", folder="scans", suffix=".jpg")
    age(folder / path, 30)
    stored = media.stored

    def attached(**how):
        names = list(stored(**how))
        person = _person()
        Scan.objects.create(id=uuid4(), sender_id=person, path=path, sha256="0" * 64, received_at=NOW)
        return iter(names)

    monkeypatch.setattr(media, "stored", attached)
    assert actions.sweep_files(by=SYSTEM, now=NOW) == 0
    assert (folder / path).exists()


def _person() -> int:
    from anwang.features.accounts.models import Person

    return Person.objects.create(name="张三", created_at=NOW).id


@pytest.mark.parametrize(("state", "kept"), [("queued", True), ("running", True), ("done", False), ("failed", False)])
def test_an_upload_waits_for_its_work_as_long_as_the_work_waits(folder, state, kept):
    path = media.keep(b"PK", folder="unsent", suffix=".zip")
    age(folder / path, 5)
    Work.objects.create(
        handler="anwang.features.duties.jobs.unsent", label="—", params={"name": path}, state=WorkState(state),
        created_at=NOW,
    )  # fmt: skip
    actions.sweep_files(by=SYSTEM, now=NOW)
    assert (folder / path).exists() is kept


def test_killed_in_the_middle_the_sweep_is_run_again(paper, folder, monkeypatch):
    lost = [media.keep(b"x", folder="photos") for _ in range(4)]
    for name in lost:
        age(folder / name, 2)
    drop, count = media.drop, []

    def killed(name):
        if len(count) == 2:
            raise KeyboardInterrupt
        count.append(name)
        drop(name)

    monkeypatch.setattr(media, "drop", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.sweep_files(by=SYSTEM, now=NOW)
    assert faults() == []
    monkeypatch.setattr(media, "drop", drop)
    assert actions.sweep_files(by=SYSTEM, now=NOW) == 2
    assert faults(now=NOW + 400 * DAY) == []
