"""临时任务 (附件4.8): tasks, their receipts hop by hop, the enterprises they concern, extensions, files, the trace."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anwang.adapters.stored_files import StoredFile
from anwang.domain.base import Level
from anwang.domain.tasks.extension import ASKED_LABELS, Asked
from anwang.domain.tasks.life import STAGE_LABELS, Stage
from anwang.domain.tasks.states import GONE, MODE_LABELS, STATE_LABELS, Mode, State

LEVELS = [(level.value, level.label) for level in Level]
MODES = [(mode.value, label) for mode, label in MODE_LABELS.items()]


class Task(models.Model):
    """What somebody arranged beside the seven rules with a cadence. `due` is the root deadline, seen at every level."""

    title = models.CharField(max_length=120)
    requirement = models.TextField(help_text="what is to be done")
    unit = models.BigIntegerField(help_text="12-digit code of the unit that arranges it")
    unit_name = models.CharField(max_length=80, help_text="as it was called when it arranged the task")
    level = models.CharField(max_length=10, choices=LEVELS)
    county = models.IntegerField()
    township = models.IntegerField()
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=60)
    mode = models.CharField(max_length=3, choices=MODES, default=Mode.ALL)
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in STAGE_LABELS.items()], default=Stage.DRAFT
    )
    due = models.DateField(help_text="last day, inclusive")
    due_time = models.TimeField(null=True)
    given_due = models.DateField(help_text="the deadline of those to whom it is handed")
    targets = models.JSONField(default=dict, help_text="units, posts, or area with grades and industries")
    created_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=200, blank=True, default="")
    settled_by = models.BigIntegerField(null=True, help_text="the receipt that completed it for all")
    policy_version = models.CharField(max_length=64)
    sheet = models.UUIDField(null=True, help_text="of one uploaded sheet: its tasks can be withdrawn together")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(given_due__lte=F("due")), name="task_given_due"),
            models.CheckConstraint(condition=Q(issued_at__isnull=False) | Q(state=Stage.DRAFT), name="task_issued_at"),
        ]
        indexes = [
            models.Index(fields=["person", "state"], name="task_person"),
            models.Index(fields=["unit", "state"], name="task_unit"),
            models.Index(fields=["sheet"], condition=Q(sheet__isnull=False), name="task_sheet"),
        ]

    def __str__(self) -> str:
        return self.title


class Receipt(models.Model):
    """回执: one hop. `parent` is the receipt of the level above, none for those whom the issuer addressed."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="receipts")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="receipts")
    post = models.ForeignKey("grid.Post", on_delete=models.PROTECT, related_name="+")
    as_unit = models.BooleanField(default=False, help_text="handed to the unit: its leader or office act")
    unit = models.BigIntegerField()
    level = models.CharField(max_length=10, choices=LEVELS)
    county = models.IntegerField()
    township = models.IntegerField()
    from_person = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    from_unit = models.BigIntegerField()
    from_name = models.CharField(max_length=60)
    note = models.CharField(max_length=500, blank=True, default="", help_text="what the sender adds")
    arrived_at = models.DateTimeField()
    due = models.DateField()
    keep_until = models.DateField(help_text="last day on which handing down is inside the level's share")
    mode = models.CharField(max_length=3, choices=MODES, default=Mode.ALL, help_text="of those it was handed to")
    settled_by = models.BigIntegerField(null=True)
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.ISSUED
    )
    received_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    kept_over = models.PositiveSmallIntegerField(default=0, help_text="留用超时, days")
    ended_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    result = models.TextField(blank=True, default="")
    back_reason = models.CharField(max_length=200, blank=True, default="")
    extended = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True, help_text="核收: the sender holds it for done")
    accepted_by = models.CharField(max_length=60, blank=True, default="")
    redone = models.PositiveSmallIntegerField(default=0, help_text="how often its end was taken back")
    redo_reason = models.CharField(max_length=200, blank=True, default="", help_text="why, the last time")
    urged_on = models.DateField(null=True)
    firms = models.PositiveIntegerField(default=0, help_text="how many enterprises it concerns")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "person", "unit"], condition=~Q(state__in=[s.value for s in GONE]),
                                    name="receipt_once"),
        ]  # fmt: skip
        indexes = [
            # Whole, not partial: "mine or my unit's" is answered from both only so.
            models.Index(fields=["person", "state", "due"], name="receipt_mine"),
            models.Index(fields=["unit", "state", "due"], name="receipt_unit"),
            models.Index(fields=["task", "state", "due"], name="receipt_task"),
            models.Index(fields=["parent", "state"], name="receipt_parent"),
            models.Index(fields=["from_unit"], condition=Q(state=State.RETURNED), name="receipt_returned"),
        ]


class TaskFirm(models.Model):
    """An enterprise that a task concerns, and on whose receipt it stands; the ledger holds whether it is done."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="firms")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="task_firms")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "enterprise"], name="task_firm_once")]


class Extension(models.Model):
    """延期: asked with a reason, decided by whoever handed it down, or by the issuer beyond that deadline."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="extensions")
    wanted = models.DateField()
    reason = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    beyond = models.BooleanField(default=False, help_text="later than the sender's own deadline: the issuer decides")
    state = models.CharField(
        max_length=8, choices=[(k.value, v) for k, v in ASKED_LABELS.items()], default=Asked.WAITING
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True, default="")
    answer = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt"], condition=Q(state=Asked.WAITING), name="extension_one_waiting")
        ]


class TaskFile(models.Model):
    """附件: of the task (from its issuer), or of a receipt (from whoever did it). Kept as it was checked."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="files")
    receipt = models.ForeignKey(Receipt, null=True, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    path = StoredFile(max_length=120)
    kind = models.CharField(max_length=8, help_text="jpg, pdf, docx, xlsx")
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file as it was handed in")
    by = models.CharField(max_length=60)
    at = models.DateTimeField()


class TaskEvent(models.Model):
    """What happened to a task or to one of its receipts; rows are only ever added."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="events")
    receipt = models.ForeignKey(Receipt, null=True, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    text = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["receipt", "id"], name="task_event_receipt")]
