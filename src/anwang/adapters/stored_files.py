"""A model field that holds the path of a stored file, so that all such columns are found by their type."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import models, transaction

from anwang.adapters import media


class StoredFile(models.CharField):
    """A path that `adapters.media` gave, or '' for none. To the database it is a plain text column."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


@transaction.atomic
def let_go(rows: models.QuerySet[Any], *columns: str) -> int:
    """Rows stop naming their stored files, which are deleted once that is settled. Returns how many rows there were.

    In this order: a row that named a file which is gone would be a fault of `anwang verify`.
    """
    named = list(rows.values_list("pk", *columns))
    kept = rows.model._default_manager.filter(pk__in=[key for key, *_names in named])
    kept.update(**dict.fromkeys(columns, ""))
    transaction.on_commit(partial(_drop, [name for _key, *names in named for name in names]))
    return len(named)


def _drop(names: Iterable[str]) -> None:
    for name in names:
        media.drop(name)
