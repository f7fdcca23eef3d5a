"""Every column of every table, ours and the libraries'."""

from __future__ import annotations

from django.apps import apps

from anwang.domain.burden.redlines import Column


def columns() -> list[Column]:
    """Columns that are stored, by model; also of the tables that join two models."""
    return [
        Column(model._meta.label, column.name)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for column in model._meta.local_concrete_fields
    ]
