"""The audit trail: append only, one hash chain per county so that counties do not wait for each other."""

from __future__ import annotations

from django.db import models


class AuditHead(models.Model):
    """The end of a chain: a truncated trail is noticed because its length is kept here."""

    chain = models.IntegerField(primary_key=True, help_text="6-digit county code, 0 for the city")
    length = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")


class AuditEvent(models.Model):
    """One act: who, in which post, did what to what, with what result."""

    chain = models.IntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    user_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60, help_text="feature.verb, e.g. roster.import")
    target = models.CharField(max_length=60, blank=True, help_text="model:id")
    outcome = models.CharField(max_length=10, default="ok", help_text="ok or refused")
    body = models.TextField(help_text="canonical JSON of what changed; no personal data in clear")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_chain_seq")]
        indexes = [models.Index(fields=["target"], name="audit_target"), models.Index(fields=["at"], name="audit_at")]
