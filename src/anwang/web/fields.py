"""Fields that many forms ask for, made in one way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

#: What a day that is missing or cannot be read is answered with.
DAY = {"invalid": _("日期应写成 2026-11-24"), "required": _("请填写日期")}


def day_input() -> forms.DateInput:
    """The browser's own calendar; the value is written as it wants it, in any language."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def day_field(label: Any, **extra: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=day_input(), **extra)


class SheetField(forms.FileField):
    """A workbook to be read; refused by its size before it is. `too_large` says what to do, with %(most)s in MB."""

    def __init__(self, *, too_large: Any, **extra: Any) -> None:
        super().__init__(allow_empty_file=False, **extra)
        self.too_large = too_large

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        file: UploadedFile | None = super().clean(data, initial)
        most = settings.MAX_UPLOAD_BYTES
        if file is not None and file.size is not None and file.size > most:
            raise forms.ValidationError(self.too_large % {"most": most >> 20}, code="file_large")
        return file
