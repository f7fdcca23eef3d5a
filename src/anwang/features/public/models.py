"""What is published to everyone (N19 信息公开形式), and what is shown by its title alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anwang.adapters.stored_files import StoredFile
from anwang.domain.documents.tree import Disclosure


class Publication(models.Model):
    """A paper in the public list: its own copy of the file, so that it lasts. What is 依申请公开 has none."""

    unit = models.BigIntegerField()
    title = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True, default="", help_text="文号")
    on = models.DateField(help_text="the day that the paper bears")
    disclosure = models.CharField(
        max_length=10, choices=[(mark.value, mark.label) for mark in Disclosure if mark is not Disclosure.CLOSED]
    )
    form = models.CharField(max_length=4, blank=True, default="", help_text="pdf, docx or xlsx")
    file = StoredFile(max_length=200, blank=True, default="", help_text="below the media folder")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=60, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="", help_text="撤下的原因")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "sha256"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(sha256=""),
                name="publication_once",
            )
        ]
        indexes = [
            models.Index(fields=["withdrawn_at", "on"], name="publication_shown"),
            models.Index(fields=["unit", "published_at"], name="publication_unit"),
        ]
