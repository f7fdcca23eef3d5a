"""纪律 (四.4): what enterprises say of visits, and complaints that go past the supervisor."""

from __future__ import annotations

from typing import Any

from django.db import models

from anwang.adapters.crypto.fields import EncryptedTextField
from anwang.domain.discipline.complaints import KIND_LABELS, STATE_LABELS
from anwang.domain.discipline.ratings import OPINION_LABELS
from anwang.domain.duties.rules import Form

SEALED: dict[str, Any] = {"blank": True, "default": "", "retention": "办结后 2 年"}


class Rating(models.Model):
    """What the enterprise says of one visit; voluntary, and shown only as counts of units."""

    contact = models.OneToOneField("duties.Contact", on_delete=models.PROTECT, related_name="rating")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="ratings")
    county = models.IntegerField()
    township = models.IntegerField()
    on = models.DateField(help_text="day of the visit")
    opinion = models.CharField(max_length=10, choices=[(k.value, v) for k, v in OPINION_LABELS.items()])
    words = EncryptedTextField(blank=True, default="", purpose="对督导的评价（四.4）", retention="2 年")
    rated_at = models.DateTimeField(help_text="first time; may be changed for some days after")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["county", "on"], name="rating_county"),
            models.Index(fields=["township", "on"], name="rating_township"),
        ]


class Complaint(models.Model):
    """A complaint about visits. Who complains is visible only to whoever handles it, and to the enterprise itself.

    Handlers are the leaders and office of `handler_unit`, without those in `subjects`; with `leaders_before` only its
    leaders of a smaller rank.
    """

    client_id = models.UUIDField(unique=True)
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="complaints")
    kind = models.CharField(max_length=12, choices=[(k.value, v) for k, v in KIND_LABELS.items()])
    form = models.CharField(max_length=14, choices=[("web", "网页"), (Form.CALL.value, "电话")], default="web")
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+",
                               help_text="complained of; none: all who come")  # fmt: skip
    text = EncryptedTextField(purpose="投诉内容（四.4）", retention="办结后 2 年")
    complainer = EncryptedTextField(purpose="投诉人（仅受理人可见）", **SEALED)
    phone = EncryptedTextField(purpose="投诉人电话（仅受理人可见）", **SEALED)
    state = models.CharField(max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()])
    handler_unit = models.BigIntegerField(help_text="12-digit code")
    leaders_before = models.PositiveSmallIntegerField(null=True)
    filed_at = models.DateTimeField()
    due = models.DateField(help_text="last day for the answer, inclusive")

    class Meta:
        indexes = [
            models.Index(fields=["handler_unit", "state", "due"], name="complaint_desk"),
            models.Index(fields=["enterprise", "filed_at"], name="complaint_ent"),
        ]


class ComplaintSubject(models.Model):
    """Somebody complained of: never sees the complaint, whatever post they come to hold."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="subjects")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "person"], name="complaint_subject_once")]


class ComplaintStep(models.Model):
    """What happened to a complaint: each change of its state with the words that go with it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()])
    at = models.DateTimeField()
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+",
                               help_text="of the handling side; none: the enterprise")  # fmt: skip
    unit = models.BigIntegerField(null=True, help_text="12-digit code of the handling unit")
    text = EncryptedTextField(purpose="投诉办理情况（四.4）", **SEALED)
