"""Papers that were made, kept for a while so that they can be fetched again; evaluations of enterprises (N9)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anwang.adapters.stored_files import StoredFile
from anwang.domain.base import gettext_noop


class Paper(models.Model):
    """One file of a paper. It may carry phones: readable inside its unit's territory only."""

    kind = models.CharField(max_length=30)
    unit = models.BigIntegerField()
    on = models.DateField(help_text="the day that it speaks of")
    form = models.CharField(max_length=4, help_text="pdf, docx or xlsx")
    rows = models.IntegerField(default=0, help_text="enterprises in it")
    title = models.CharField(max_length=200)
    path = StoredFile(max_length=200, help_text="below the media folder")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["unit", "made_at"], name="paper_unit")]

    @property
    def in_volumes(self) -> bool:
        """A PDF too long for one file, kept as a ZIP."""
        return self.path.endswith(".zip")


class SheetState(models.TextChoices):
    """Where an uploaded sheet of evaluations is."""

    READING = "reading", gettext_noop("读取中")
    PREVIEW = "preview", gettext_noop("待确认")
    APPLIED = "applied", gettext_noop("已导入")
    UNDONE = "undone", gettext_noop("已撤销")
    DISCARDED = "discarded", gettext_noop("已放弃")


class EvaluationImport(models.Model):
    """An uploaded sheet of evaluations: what it would record, what it did. Its files go once they are not needed."""

    filename = models.CharField(max_length=200)
    path = StoredFile(max_length=200, help_text="below the media folder")
    errors_path = StoredFile(max_length=200, blank=True, default="")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=SheetState.choices, default=SheetState.READING)
    summary = models.JSONField(default=dict, help_text="{rows, recorded, unchanged, errors, columns, unread, sheet}")
    samples = models.JSONField(default=dict, help_text="some rows of each outcome, while it waits")
    user_id = models.BigIntegerField(null=True)
    by = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user_id", "created_at"], name="evaluation_upload")]


class Evaluation(models.Model):
    """全要素评价: what an evaluation of an enterprise found on a day. A mistake is withdrawn, never overwritten."""

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="evaluations")
    on = models.DateField(help_text="the day of the evaluation")
    score = models.DecimalField(max_digits=4, decimal_places=1, help_text="0 to 100")
    result = models.CharField(max_length=20, blank=True, default="", help_text="评定等级，评价单位的说法")
    evaluator = models.CharField(max_length=60, blank=True, default="", help_text="评价单位")
    sheet = models.ForeignKey(
        EvaluationImport, null=True, on_delete=models.PROTECT, related_name="evaluations", help_text="none: by hand"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "on"], condition=Q(withdrawn_at__isnull=True), name="evaluation_once"
            ),
            models.CheckConstraint(condition=Q(score__gte=0) & Q(score__lte=100), name="evaluation_score"),
        ]
