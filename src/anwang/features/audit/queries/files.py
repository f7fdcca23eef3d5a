"""Every stored file that a row names, of whatever feature: missing, changed, and files that no row names.

A column of the type `StoredFile` announces its files by its type. A feature that names files elsewhere (in JSON) has
a query `stored_files()` that yields (path, what it belongs to).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import Model

from anwang.adapters import media
from anwang.adapters.media import Condition
from anwang.adapters.stored_files import StoredFile

#: A file that nothing names is left alone for so long: its row may be on the way.
IN_FLIGHT = timedelta(days=1)
#: It is a fault when even the sweep of every day has left it lying.
LEFT_LYING = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Announced:
    """A stored file, the beginning of its SHA-256 ('' when its name does not say), and what it belongs to."""

    path: str
    sha256: str
    owner: str


@dataclass(frozen=True, slots=True)
class FileFault:
    """What is wrong with a stored file: `media_missing`, `media_changed` or `media_stray`, in a sentence."""

    code: str
    text: str


def stored_columns() -> list[tuple[type[Model], str]]:
    """(model, column) of every column that holds the path of a stored file."""
    return [
        (model, column.attname)
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, StoredFile)
    ]


def announced() -> Iterator[Announced]:
    """All stored files that rows name. Nothing of their content is read."""
    for model, column in stored_columns():
        rows: Any = model._default_manager.exclude(**{column: ""}).values_list("pk", column)
        for key, path in rows.iterator(chunk_size=5000):
            yield Announced(path, media.named_digest(path), f"{model._meta.model_name}:{key}")
    for app in apps.get_app_configs():
        name = f"{app.name}.queries"
        if app.name.startswith("anwang.features.") and find_spec(name):
            for path, owner in getattr(import_module(name), "stored_files", tuple)():
                yield Announced(path, media.named_digest(path), owner)


def strays(*, before: datetime) -> list[str]:
    """Files written before an instant that no row names.

    The files are listed before the rows are read: a file that gets its row meanwhile is named.
    """
    written = list(media.stored(before=before))
    if not written:
        return []
    named = {each.path for each in announced()}
    return [name for name in written if name not in named]


def file_faults(*, now: datetime | None = None) -> Iterator[FileFault]:
    """Every stored file that is gone or has other bytes than it was kept with; with `now`, also those left lying.

    Sealed files are proven by their bytes as they lie there. A row that let go of its file meanwhile is no fault.
    """
    suspects = {each.path: state for each in announced() if (state := media.condition(each.path)) != Condition.WHOLE}
    for each in announced() if suspects else ():
        if each.path in suspects:
            yield _fault(each, suspects[each.path])
    for name in strays(before=now - LEFT_LYING) if now else ():
        yield FileFault("media_stray", f"文件 {name} 没有记录引用，可运行 anwang sweep 清理")


def _fault(each: Announced, state: Condition) -> FileFault:
    if state is Condition.MISSING:
        return FileFault("media_missing", f"{each.owner} 的文件 {each.path} 不见了")
    return FileFault("media_changed", f"{each.owner} 的文件 {each.path} 的内容与存入时不同")
