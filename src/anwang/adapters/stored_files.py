"""A model field that holds the path of a stored file, so that all such columns are found by their type."""

from __future__ import annotations

from typing import Any

from django.db import models


class StoredFile(models.CharField):
    """A path that `adapters.media` gave, or '' for none. To the database it is a plain text column."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
