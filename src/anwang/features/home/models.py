"""意见建议: the one feedback entry of every page (国办函〔2026〕12号)."""

from __future__ import annotations

from django.db import models


class Feedback(models.Model):
    """What somebody wants to tell us about a page. Who wrote it is kept only when they say so."""

    page = models.CharField(max_length=200, blank=True, default="", help_text="path of the page, without its query")
    text = models.TextField()
    name = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["answered_at", "created_at"], name="feedback_open")]
