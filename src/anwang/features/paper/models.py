"""Sheets of paper that came back as photos (B9): each is one record on its way into the ledger."""

from __future__ import annotations

import uuid

from django.db import models

from anwang.adapters.stored_files import StoredFile


class Scan(models.Model):
    """A photographed record sheet. Its key is the record's client id: recorded once, however often it is opened.

    `enterprise` and `person` come from the sheet's code, or are chosen by hand when it cannot be read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey("enterprises.Enterprise", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    printed_on = models.DateField(null=True, help_text="day on which the sheet was printed, from its code")
    read = models.BooleanField(default=False, help_text="the code was read")
    path = StoredFile(max_length=80, blank=True, default="")
    sha256 = models.CharField(max_length=64, help_text="of the bytes as they came: the same photo comes once")
    received_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True, help_text="the photo was put beside its record")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "sha256"], name="scan_once")]
        indexes = [
            models.Index(
                fields=["sender", "received_at"], condition=models.Q(dropped_at__isnull=True), name="scan_waiting"
            )
        ]
