"""包保关系 (二.2, 三.2): plans, assignments, commitment letters, notice sheets."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anwang.adapters.stored_files import StoredFile
from anwang.domain.base import gettext_noop


class PlanState(models.TextChoices):
    PROPOSED = "proposed", gettext_noop("待采用")
    ADOPTED = "adopted", gettext_noop("已采用")
    UNDONE = "undone", gettext_noop("已撤销")
    SUPERSEDED = "superseded", gettext_noop("已被替代")


class Part(models.TextChoices):
    LEAD = "lead", gettext_noop("主包保")
    JOINT = "joint", gettext_noop("协同包保")
    DEPUTY = "deputy", gettext_noop("代理包保")


class Plan(models.Model):
    """A proposed division of work for a unit, with the proof that it is the best."""

    unit = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.PROPOSED)
    on = models.DateField(help_text="the day the assignments begin")
    seed = models.BigIntegerField(default=0)
    keep = models.BooleanField(default=False)
    policy_version = models.CharField(max_length=64)
    summary = models.JSONField(default=dict)
    faults = models.JSONField(default=list, help_text="uncovered enterprises and officials, with reasons")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=60)
    adopted_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    begins = models.DateField(null=True, help_text="the day on which the adopted assignments began")
    seen = models.JSONField(default=dict, help_text="{part: [count, digest]} of roster, posts, leads and rules it saw")
    prices = models.JSONField(default=dict, help_text="person → what one more enterprise is worth; shown to nobody")
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "created_at"], name="plan_unit")]


class PlanItem(models.Model):
    """One line of a plan: this enterprise by this post, and why."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    enterprise_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    part = models.CharField(max_length=6, choices=Part.choices, default=Part.LEAD)
    level = models.CharField(max_length=10)
    township = models.IntegerField(default=0)
    county = models.IntegerField(default=0)
    cost = models.IntegerField(default=0)
    moved = models.BooleanField(default=False, help_text="another than the one now responsible")
    near_tie = models.BooleanField(default=False)
    why = models.JSONField(default=dict, help_text="cost parts, next best, candidates")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "enterprise_id"], condition=Q(part="lead"), name="planitem_one_lead"
            )
        ]
        indexes = [models.Index(fields=["plan", "person_id"], name="planitem_person")]


class PairRule(models.Model):
    """A pair of enterprise and person that must be, or must not be (conflict of interest)."""

    enterprise_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=[("pin", gettext_noop("指定")), ("forbid", gettext_noop("回避"))])
    reason = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise_id", "person_id"], condition=Q(ended_at__isnull=True), name="pairrule_once"
            ),
            models.UniqueConstraint(
                fields=["enterprise_id"], condition=Q(ended_at__isnull=True, kind="pin"), name="pairrule_one_pin"
            ),
        ]


class Assignment(models.Model):
    """Who is bound to which enterprise, from when to when, half-open. At most one lead at a time.

    A deputy stands in for a lead on leave: always with an end, never in place of the lead.
    """

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="assignments")
    post = models.ForeignKey("grid.Post", on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=6, choices=Part.choices, default=Part.LEAD)
    level = models.CharField(max_length=10)
    county = models.IntegerField()
    township = models.IntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="assignments")
    recorded_at = models.DateTimeField()
    end_reason = models.CharField(max_length=200, blank=True, default="")
    ended_at = models.DateTimeField(null=True, help_text="when we came to know the end")
    ended_by = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="+", help_text="the plan")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(part="lead", valid_to__isnull=True), name="assign_one_lead"
            ),
            models.UniqueConstraint(
                fields=["enterprise", "person"], condition=Q(valid_to__isnull=True), name="assign_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="assign_dates"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "valid_to"], name="assign_person"),
            models.Index(fields=["township", "valid_to"], name="assign_township"),
            models.Index(fields=["county", "valid_to"], name="assign_county"),
        ]


class SignMethod(models.TextChoices):
    DRAWN = "drawn", gettext_noop("手机手写")
    TYPED = "typed", gettext_noop("录入姓名")
    PAPER = "paper", gettext_noop("纸质签字")


class Commitment(models.Model):
    """承诺书 (附件3), in two copies: one for the person, one for the enterprise."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="commitments")
    document = models.ForeignKey("documents.IssuedDocument", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signed_on = models.DateField(null=True, help_text="date on the paper")
    method = models.CharField(max_length=6, choices=SignMethod.choices, blank=True, default="")
    signature = StoredFile(max_length=200, blank=True, default="", help_text="PNG below the media folder")
    recorded_by = models.CharField(max_length=60, blank=True, default="", help_text="who signed or recorded the paper")
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(void_at__isnull=True), name="commitment_one_valid"
            )
        ]


class Posting(models.Model):
    """公示 (三.2): the notice sheet of the safety commissioner on the enterprise's board."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="postings")
    document = models.ForeignKey("documents.IssuedDocument", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    posted_on = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=60, blank=True, default="")
    place = models.CharField(max_length=80, blank=True, default="", help_text="公示栏位置")
    photo = StoredFile(max_length=200, blank=True, default="")
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment"], condition=Q(void_at__isnull=True), name="posting_one_valid")
        ]
