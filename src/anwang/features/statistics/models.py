"""Papers that were made: kept for a while, so that what was sent can be fetched again."""

from __future__ import annotations

from django.db import models


class Paper(models.Model):
    """One file of a paper. It may carry phones: readable inside its unit's territory only."""

    kind = models.CharField(max_length=30)
    unit = models.BigIntegerField()
    on = models.DateField(help_text="the day that it speaks of")
    form = models.CharField(max_length=4, help_text="pdf, docx or xlsx")
    rows = models.IntegerField(default=0, help_text="enterprises in it")
    title = models.CharField(max_length=200)
    path = models.CharField(max_length=200, help_text="below the media folder")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["unit", "made_at"], name="paper_unit")]

    @property
    def in_volumes(self) -> bool:
        """A PDF too long for one file, kept as a ZIP."""
        return self.path.endswith(".zip")
