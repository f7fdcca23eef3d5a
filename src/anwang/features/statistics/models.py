"""Papers that were made, kept for a while so that they can be fetched again; evaluations of enterprises (N9)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Paper(models.Model):
    """One file of a paper. It may carry phones: readable inside its unit's territory only."""

    kind = models.CharField(max_length=30)
    unit = models.BigIntegerField()
    on = models.DateField(help_text="the day that it speaks of")
    form = models.CharField(max_length=4, help_text="pdf, docx or xlsx")
    rows = models.IntegerField(default=0, help_text="enterprises in it")
    title = models.CharField(max_length=200)
    path = models.CharField(max_length=200, help_text="below the media folder")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["unit", "made_at"], name="paper_unit")]

    @property
    def in_volumes(self) -> bool:
        """A PDF too long for one file, kept as a ZIP."""
        return self.path.endswith(".zip")


class Evaluation(models.Model):
    """全要素评价: what an evaluation of an enterprise found on a day. A mistake is withdrawn, never overwritten."""

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="evaluations")
    on = models.DateField(help_text="the day of the evaluation")
    score = models.DecimalField(max_digits=4, decimal_places=1, help_text="0 to 100")
    result = models.CharField(max_length=20, blank=True, default="", help_text="评定等级，评价单位的说法")
    evaluator = models.CharField(max_length=60, blank=True, default="", help_text="评价单位")
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
