"""交接 (二.2, B2): who gave which enterprises to whom, why and when; and the review packs that were made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anwang.adapters.stored_files import StoredFile
from anwang.domain.base import gettext_noop


class Why(models.TextChoices):
    RETIRE = "retire", gettext_noop("退休")
    TRANSFER = "transfer", gettext_noop("调离")
    DISMISS = "dismiss", gettext_noop("免职")
    LEAVE = "leave", gettext_noop("临时离岗")
    REBALANCE = "rebalance", gettext_noop("分工调整")


class State(models.TextChoices):
    PLANNED = "planned", gettext_noop("待生效")
    DONE = "done", gettext_noop("已办理")
    UNDONE = "undone", gettext_noop("已撤销")
    FAILED = "failed", gettext_noop("未能办理")


class Handover(models.Model):
    """One hand-over of a post's enterprises. `until`: the day of return from a leave."""

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="handovers")
    post = models.ForeignKey("grid.Post", on_delete=models.PROTECT, related_name="handovers")
    unit = models.BigIntegerField(help_text="12-digit code of the post's unit")
    kind = models.CharField(max_length=10, choices=Why.choices)
    on = models.DateField()
    until = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")
    open_questions = models.CharField(max_length=1000, blank=True, default="", help_text="未了事项")
    state = models.CharField(max_length=8, choices=State.choices)
    post_ended = models.BooleanField(default=False)
    duties = models.PositiveIntegerField(default=0, help_text="open duties that changed hands")
    problems = models.PositiveIntegerField(default=0, help_text="open problems that got another follower")
    questions = models.PositiveIntegerField(default=0, help_text="open questions that went along")
    visits = models.PositiveIntegerField(default=0, help_text="planned visits and calls that went along")
    carried_at = models.DateTimeField(null=True, help_text="problems and questions went over; of a leave when it began")
    back_at = models.DateTimeField(null=True, help_text="what was left of them came back from the deputy")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=60)
    user_id = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, blank=True, default="")
    returned_on = models.DateField(null=True, help_text="back from the leave before its end")
    failure = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(state="planned"), name="handover_one_planned")
        ]
        indexes = [
            models.Index(fields=["unit", "created_at"], name="handover_unit"),
            models.Index(fields=["person", "on"], name="handover_person"),
            models.Index(fields=["on"], condition=Q(state="planned"), name="handover_planned"),
        ]


class HandoverItem(models.Model):
    """One enterprise of a hand-over."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="items")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    to_post = models.ForeignKey("grid.Post", on_delete=models.PROTECT, related_name="+")
    old = models.ForeignKey("assignments.Assignment", null=True, on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey("assignments.Assignment", null=True, on_delete=models.PROTECT, related_name="+")
    duties = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "enterprise"], name="handoveritem_once")]


class ReviewPack(models.Model):
    """事故倒查材料包: one made file. It carries names: leaders and offices of the territory only."""

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.IssuedDocument", on_delete=models.PROTECT, related_name="+")
    on = models.DateField(help_text="day of the accident")
    form = models.CharField(max_length=4, help_text="pdf or docx")
    path = StoredFile(max_length=200, help_text="below the media folder; empty when cleared")
    sha256 = models.CharField(max_length=64)
    events = models.PositiveIntegerField(default=0, help_text="events of the trail in it")
    whole = models.BooleanField(help_text="the chains were proved whole when it was made")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["enterprise", "made_at"], name="reviewpack_ent")]
