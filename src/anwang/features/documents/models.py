"""Issued documents: numbers, verification tokens, who may see them."""

from __future__ import annotations

from django.db import models

from anwang.domain.base import gettext_noop


class Sequence(models.Model):
    """The next running number of a kind of document in a year and unit."""

    kind = models.CharField(max_length=30)
    year = models.IntegerField()
    unit = models.BigIntegerField(default=0)
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year", "unit"], name="doc_sequence")]


class DocumentState(models.TextChoices):
    VALID = "valid", gettext_noop("有效")
    REPLACED = "replaced", gettext_noop("已被替换")
    REVOKED = "revoked", gettext_noop("已作废")


class IssuedDocument(models.Model):
    """A document that left the system. `token` (80 bits, base32) is what its QR code verifies."""

    kind = models.CharField(max_length=30)
    number = models.CharField(max_length=60, unique=True)
    token = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=200)
    target = models.CharField(max_length=60, help_text="model:id that it speaks of")
    unit = models.BigIntegerField()
    is_public = models.BooleanField(default=False)
    facts = models.JSONField(default=dict, help_text="what the verification page shows: no personal data")
    state = models.CharField(max_length=10, choices=DocumentState.choices, default=DocumentState.VALID)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["target"], name="doc_target")]
