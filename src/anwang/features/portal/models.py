"""The enterprise's own side: invitations of principals and staff, what enterprises declare, and that it is still so."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anwang.adapters.crypto.fields import EncryptedTextField
from anwang.domain.portal.declarations import STATE_LABELS, TOPIC_LABELS
from anwang.domain.portal.invitations import INVITED_LABELS


class Invitation(models.Model):
    """A link for the principal of one enterprise, or for staff of it. Neither the link nor the code stands here, only
    what proves them.

    When somebody signs in is kept nowhere (red line 1); that an invitation was used is its end.
    """

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField(max_length=60, help_text="of the principal or the staff who is invited")
    title = models.CharField(max_length=60, blank=True, default="", help_text="职务 of staff")
    rights = models.JSONField(default=list, help_text="what staff is given (Right)")
    until = models.DateField(null=True, help_text="last day of what staff is given; none: the principal's own")
    token_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=[(k.value, v) for k, v in INVITED_LABELS.items()], default="open")
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+",
                               help_text="who invited, for the message that it was used")  # fmt: skip
    by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(state="open", until=None), name="invitation_one_open"
            ),
            models.UniqueConstraint(
                fields=["enterprise", "name"], condition=Q(state="open", until__isnull=False),
                name="invitation_one_a_name",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Declaration(models.Model):
    """What an enterprise proposes about itself on one topic, only what differs; encrypted, since phones are in it."""

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="declarations")
    county = models.IntegerField()
    township = models.IntegerField()
    topic = models.CharField(max_length=10, choices=[(k.value, v) for k, v in TOPIC_LABELS.items()])
    subject = models.BigIntegerField(default=0, help_text="key of the risk point, 0 for none")
    said = EncryptedTextField(purpose="企业申报的更正（附件5）", retention="随企业档案，企业关闭后 3 年")
    state = models.CharField(max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default="waiting")
    by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    answer = models.CharField(max_length=200, blank=True, default="", help_text="why it was returned")
    ended_by = models.CharField(max_length=60, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    change_id = models.BigIntegerField(null=True, help_text="the change of the roster by which it was taken over")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "topic", "subject"],
                condition=Q(state="waiting") & ~Q(topic="point_new"),
                name="declaration_one_waiting",
            )
        ]
        indexes = [
            models.Index(fields=["enterprise", "-made_at"], name="declaration_firm"),
            models.Index(fields=["county", "made_at"], condition=Q(state="waiting"), name="declaration_county"),
            models.Index(fields=["township", "made_at"], condition=Q(state="waiting"), name="declaration_town"),
        ]


class Affirmation(models.Model):
    """仍然属实: the enterprise looked at what stands about it on a day and found it right."""

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="affirmations")
    on = models.DateField()
    by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enterprise", "on"], name="affirmation_once_a_day")]
