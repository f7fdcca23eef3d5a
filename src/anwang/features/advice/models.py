"""Questions with their trace, reusable answers, policy notices with a receipt per enterprise, material (N7.1)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from anwang.adapters.crypto.fields import EncryptedTextField
from anwang.adapters.stored_files import StoredFile
from anwang.domain.advice.notice import HOW_LABELS, NOTICE_LABELS, NoticeState
from anwang.domain.advice.question import ASKED_LABELS, STATE_LABELS, Asked, State
from anwang.domain.base import gettext_noop

_PERSON = "accounts.Person"
_POST = "grid.Post"


class Question(models.Model):
    """A question of an enterprise. The first asked stays on the row; who has it now may change; the days never do."""

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="questions")
    county = models.IntegerField()
    township = models.IntegerField()
    text = models.TextField(max_length=2000)
    channel = models.CharField(max_length=10, choices=[(k.value, v) for k, v in ASKED_LABELS.items()])
    asker = models.CharField(max_length=60, blank=True, default="", help_text="who of the enterprise asked")
    asker_phone = EncryptedTextField(
        blank=True, default="", purpose="告知首问答复（附件4.1）", retention="办结后 1 年", verbose_name="提问人电话"
    )
    asked_at = models.DateTimeField(help_text="the clock runs from here, whatever happens")
    recorded_by = models.CharField(max_length=60)
    client_id = models.UUIDField(default=uuid.uuid4, unique=True, help_text="the same form sent twice is one question")
    first_person = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="first_questions")
    first_post = models.ForeignKey(_POST, null=True, on_delete=models.PROTECT, related_name="+")
    holder_person = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="held_questions")
    holder_unit = models.BigIntegerField(null=True, help_text="passed on to the office of a unit, not to a person")
    due = models.DateField(help_text="last day for the answer, inclusive")
    policy_version = models.CharField(max_length=64)
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.WAITING
    )
    round = models.PositiveSmallIntegerField(default=1, help_text="how often an answer was sought; guards every act")
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey("duties.Contact", null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in HOW_LABELS.items()], blank=True, default=""
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(holder_person__isnull=False) | Q(holder_unit__isnull=False), name="question_held"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ANSWERED, State.TOLD]) | ~Q(answer=""), name="question_answered"
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder_person", "due"],
                condition=Q(state__in=[State.WAITING, State.REOPENED]),
                name="question_held_open",
            ),
            models.Index(
                fields=["holder_unit", "due"],
                condition=Q(state__in=[State.WAITING, State.REOPENED]),
                name="question_unit_open",
            ),
            models.Index(fields=["first_person", "state"], name="question_first"),
            models.Index(fields=["enterprise", "asked_at"], name="question_ent"),
            models.Index(fields=["county", "state", "due"], name="question_county"),
            models.Index(fields=["township", "state", "due"], name="question_township"),
            models.Index(fields=["asked_at", "id"], name="question_asked"),
        ]

    @property
    def from_page(self) -> bool:
        """Asked on the enterprise's own page, where its answer is shown."""
        return self.channel == Asked.PAGE


class Step(models.TextChoices):
    """What happened to a question."""

    ASKED = "asked", gettext_noop("提问")
    PASSED = "passed", gettext_noop("转办")
    ANSWERED = "answered", gettext_noop("答复")
    ADDED = "added", gettext_noop("补充答复")
    TOLD = "told", gettext_noop("告知企业")
    REOPENED = "reopened", gettext_noop("企业表示未解答")
    WITHDRAWN = "withdrawn", gettext_noop("撤回")


class QuestionStep(models.Model):
    """The trace of a question: append only."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Step.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    from_name = models.CharField(max_length=80, blank=True, default="")
    to_name = models.CharField(max_length=80, blank=True, default="")
    text = models.TextField(blank=True, default="")


class EntryState(models.TextChoices):
    DRAFT = "draft", gettext_noop("待发布")
    PUBLISHED = "published", gettext_noop("已发布")
    WITHDRAWN = "withdrawn", gettext_noop("已撤下")


class Entry(models.Model):
    """An answer to be used again: edited and freed of names by hand, with its source and the day to look at it anew."""

    unit = models.BigIntegerField(help_text="whose office keeps it; seen in this unit and below")
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=4000)
    source = models.CharField(max_length=200, help_text="文件、条款")
    review_on = models.DateField()
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.DRAFT)
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="entries")
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "title"], name="entry_once")]
        indexes = [models.Index(fields=["state", "unit"], name="entry_state")]


class PolicyNotice(models.Model):
    """政策通知: issued once to the enterprises that its filter finds on that day; the receipts are the list."""

    unit = models.BigIntegerField(help_text="who issues it")
    title = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True, default="", help_text="文号")
    text = models.TextField(max_length=4000)
    file = StoredFile(max_length=120, blank=True, default="", help_text="below the media folder")
    file_name = models.CharField(max_length=120, blank=True, default="")
    file_kind = models.CharField(max_length=6, blank=True, default="")
    units = models.JSONField(default=list, help_text="unit codes; empty: the issuing unit")
    levels = models.JSONField(default=list, help_text="levels of the lead supervisor; empty: all")
    industries = models.JSONField(default=list)
    grades = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in NOTICE_LABELS.items()], default=NoticeState.DRAFT
    )
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    issued_by = models.CharField(max_length=60, blank=True, default="")
    due = models.DateField(null=True, help_text="last day for relaying, inclusive")
    targets = models.PositiveIntegerField(default=0, help_text="enterprises at the issue; never changes")
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["state", "issued_at"], name="pnotice_state")]


class Receipt(models.Model):
    """One enterprise of an issued notice: by whom, when and how it was relayed, and the enterprise's own word."""

    notice = models.ForeignKey(PolicyNotice, on_delete=models.PROTECT, related_name="receipts")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False)
    county = models.IntegerField()
    township = models.IntegerField()
    relayed_at = models.DateTimeField(null=True)
    relayed_by = models.ForeignKey(
        _PERSON, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, help_text="who relayed it"
    )
    relayed_how = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in HOW_LABELS.items()], blank=True, default=""
    )
    confirmed_at = models.DateTimeField(null=True, help_text="the enterprise says that it has it")
    confirmed_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "enterprise"], name="relay_receipt_once")]
        indexes = [
            models.Index(fields=["enterprise", "notice"], name="relay_receipt_ent"),
            models.Index(fields=["notice", "county", "township"], name="relay_receipt_place"),
            models.Index(
                fields=["enterprise"],
                condition=Q(relayed_at__isnull=True, confirmed_at__isnull=True),
                name="relay_receipt_open",
            ),
        ]


class Material(models.Model):
    """警示教育片 and other material for N7.4. Nobody's watching is recorded anywhere."""

    unit = models.BigIntegerField(help_text="whose office keeps it; seen in this unit and below")
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=120, blank=True, default="")
    minutes = models.PositiveSmallIntegerField(null=True, help_text="length of a film")
    industries = models.CharField(max_length=300, blank=True, default="", help_text="|code|code|; empty: for all")
    note = models.CharField(max_length=400, blank=True, default="")
    kind = models.CharField(max_length=6)
    file = StoredFile(max_length=120)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "sha256"], condition=Q(withdrawn_at__isnull=True), name="material_once"
            )
        ]

    @property
    def industry_codes(self) -> list[str]:
        """The industries that it is meant for."""
        return [code for code in self.industries.split("|") if code]
