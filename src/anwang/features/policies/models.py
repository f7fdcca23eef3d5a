"""Which version of which policy was in force: its files are kept, so that a frozen row can be read again."""

from __future__ import annotations

from django.db import models


class PolicyVersion(models.Model):
    """A policy as it was loaded. `version` is the hash of its files."""

    name = models.CharField(max_length=60)
    version = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=60)
    valid_from = models.DateField()
    files = models.JSONField(default=dict, help_text="file name → text")
    recorded_at = models.DateTimeField()
