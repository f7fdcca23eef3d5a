"""举报 (三.4): what handlers see, and apart from it, sealed under another key, who reported and in which words."""

from __future__ import annotations

from typing import Any

from django.db import models

from anwang.adapters.crypto.fields import EncryptedTextField
from anwang.adapters.stored_files import StoredFile
from anwang.domain.base import gettext_noop
from anwang.domain.reports.cases import KIND_LABELS, LINE_LABELS, STATE_LABELS, UNSEALING_LABELS, WORD_LABELS

KEPT: dict[str, Any] = {"blank": True, "default": "", "retention": "办结后 2 年"}
PERSON: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}
LINES = [(level.value, label) for level, label in LINE_LABELS.items()]
FORMS = [("web", gettext_noop("网页")), ("call", gettext_noop("电话"))]


class Report(models.Model):
    """A report as handlers see it. Nothing here comes from the reporter's hand, and no time finer than a day.

    Handlers are the leaders and office of `handler_unit` without those in `subjects`, clerks the office of
    `clerk_unit`; with `leaders_before` only leaders of a smaller rank.
    """

    code_mark = models.CharField(max_length=64, unique=True, help_text="keyed digest of the receipt's code")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="reports")
    county = models.IntegerField()
    township = models.IntegerField()
    kind = models.CharField(max_length=12, choices=[(k.value, v) for k, v in KIND_LABELS.items()])
    line = models.CharField(max_length=10, blank=True, default="", choices=LINES, help_text="level complained of")
    form = models.CharField(max_length=4, choices=FORMS)
    state = models.CharField(max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()])
    text = EncryptedTextField(purpose="举报内容，工作人员改写后的（三.4）", **KEPT)
    photos_told = models.BooleanField(default=False, help_text="the clerk lets handlers see the photos")
    handler_unit = models.BigIntegerField(help_text="12-digit code")
    leaders_before = models.PositiveSmallIntegerField(null=True)
    clerk_unit = models.BigIntegerField(help_text="12-digit code")
    clerk = models.ForeignKey("accounts.Person", null=True, **PERSON, help_text="took the call: does not handle it")
    received_on = models.DateField()
    accept_days = models.PositiveSmallIntegerField(help_text="of the policy that it came under")
    answer_days = models.PositiveSmallIntegerField(help_text="of the policy that it came under")
    policy_version = models.CharField(max_length=64)
    due = models.DateField(null=True, help_text="last day for the handlers' next act, inclusive")
    closed_on = models.DateField(null=True)
    problem = models.OneToOneField(
        "problems.Problem", null=True, on_delete=models.PROTECT, related_name="+", help_text="what it brought to light"
    )
    retaliated = models.BooleanField(default=False, help_text="the reporter says that somebody retaliated")

    class Meta:
        indexes = [
            models.Index(fields=["handler_unit", "state", "due"], name="report_desk"),
            models.Index(fields=["clerk_unit", "state"], name="report_clerk"),
            models.Index(fields=["enterprise", "received_on"], name="report_ent"),
            models.Index(fields=["closed_on"], name="report_closed"),
        ]

    @property
    def number(self) -> str:
        """What handlers call it."""
        return f"JB{self.received_on.year}-{self.id:05d}"


class ReportSubject(models.Model):
    """Somebody complained of, or a supervisor of the enterprise: never sees the report, in whatever post."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="subjects")
    person = models.ForeignKey("accounts.Person", **PERSON)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "person"], name="report_subject_once")]


class ReportWord(models.Model):
    """The reporter's own words, sealed; beside them what a clerk made of them. A manner of writing can betray."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="words")
    kind = models.CharField(max_length=12, choices=[(k.value, v) for k, v in WORD_LABELS.items()])
    on = models.DateField()
    sealed = models.BinaryField(default=b"", help_text="under the reporters' key; empty after the retention")
    told = EncryptedTextField(purpose="举报人的话，工作人员改写后的（三.4）", **KEPT)
    told_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["report"], condition=models.Q(told_on__isnull=True), name="report_word_untold")]


class ReportPhoto(models.Model):
    """A photo without place, time and device, its file sealed under the reporters' key."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="photos")
    path = StoredFile(max_length=200)


class ReportStep(models.Model):
    """What happened to a report: each change of its state with the words that go with it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()])
    on = models.DateField()
    person = models.ForeignKey("accounts.Person", null=True, **PERSON, help_text="of the handling side")
    unit = models.BigIntegerField(null=True, help_text="12-digit code of the handling unit")
    text = EncryptedTextField(purpose="举报办理情况（三.4）", **KEPT)


class FollowUp(models.Model):
    """The question whether anybody retaliated, some days after the report."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="follow_ups")
    days = models.PositiveSmallIntegerField()
    on = models.DateField()
    opened_on = models.DateField(null=True, help_text="the clock has put it before the handlers")
    retaliated = models.BooleanField(null=True, help_text="the reporter's answer")
    settled_on = models.DateField(null=True)
    note = EncryptedTextField(purpose="防打击报复回访情况（三.4）", **KEPT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "days"], name="report_follow_once")]
        indexes = [models.Index(fields=["on"], condition=models.Q(settled_on__isnull=True), name="report_follow_open")]


class SealedIdentity(models.Model):
    """Who reported, under a key of its own. `mark` is a keyed digest: no query can join it to a report.

    Every report has one of the same length, with or without a name in it.
    """

    mark = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()


class UnsealRequest(models.Model):
    """解封: asked by one, decided by another in another post, shown once."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="unsealings")
    state = models.CharField(max_length=10, choices=[(k.value, v) for k, v in UNSEALING_LABELS.items()])
    asker = models.ForeignKey("accounts.Person", **PERSON)
    asker_post = models.ForeignKey("grid.Post", **PERSON)
    reason = EncryptedTextField(purpose="申请解封举报人身份的理由（三.4）", **KEPT)
    asked_at = models.DateTimeField()
    decider = models.ForeignKey("accounts.Person", null=True, **PERSON)
    decider_post = models.ForeignKey("grid.Post", null=True, **PERSON)
    decision = EncryptedTextField(purpose="审批解封举报人身份的理由（三.4）", **KEPT)
    decided_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "report"], name="report_unsealing")]
