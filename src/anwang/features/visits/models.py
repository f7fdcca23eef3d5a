"""督导安排 (四.4): visits and calls that are planned, what enterprises wished, adopted plans."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anwang.domain.base import gettext_noop
from anwang.domain.duties.rules import FORM_LABELS


class State(models.TextChoices):
    PLANNED = "planned", gettext_noop("已计划")
    ANNOUNCED = "announced", gettext_noop("已告知企业")
    DONE = "done", gettext_noop("已进行")
    CANCELLED = "cancelled", gettext_noop("已取消")


OPEN_STATES = (State.PLANNED, State.ANNOUNCED)


#: The visits that lists of what is to come read.
STANDS = Q(state__in=["planned", "announced"])


class Half(models.TextChoices):
    """Of the day on which it is to be."""

    ANY = "", gettext_noop("全天")
    MORNING = "am", gettext_noop("上午")
    AFTERNOON = "pm", gettext_noop("下午")


class Adoption(models.Model):
    """A plan that a person took over: until when, and how few contacts it needs for how many duties."""

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    until = models.DateField()
    contacts = models.PositiveIntegerField()
    records = models.PositiveIntegerField(help_text="duties that they meet")
    lower_bound = models.PositiveIntegerField(help_text="proved: no plan has fewer contacts")
    missed = models.PositiveIntegerField(default=0, help_text="duties that no day could meet")
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=60)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "adopted_at"], name="adoption_person")]


class Visit(models.Model):
    """One contact that is to be: a visit on site, or a call on somebody's list.

    `duties` are [rule, period] pairs that it is to meet; `party` how many people come, those of `members` included.
    """

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="visits")
    county = models.IntegerField()
    township = models.IntegerField()
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="visits")
    form = models.CharField(max_length=14, choices=[(k.value, v) for k, v in FORM_LABELS.items()])
    day = models.DateField()
    half = models.CharField(max_length=2, choices=Half.choices, blank=True, default="")
    duties = models.JSONField(default=list)
    purpose = models.CharField(max_length=200, blank=True, default="")
    party = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    reason = models.CharField(max_length=200, blank=True, default="", help_text="why it was cancelled")
    adoption = models.ForeignKey(Adoption, null=True, on_delete=models.PROTECT, related_name="visits")
    replaced_by = models.ForeignKey(Adoption, null=True, on_delete=models.PROTECT, related_name="replaced")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=60)
    announced_at = models.DateTimeField(null=True)
    announced_by = models.CharField(max_length=60, blank=True, default="")
    closed_at = models.DateTimeField(null=True, help_text="when it was done or cancelled")
    contact_id = models.BigIntegerField(null=True, help_text="the record that closed it")

    class Meta:
        indexes = [
            models.Index(fields=["person", "day"], condition=STANDS, name="visit_person"),
            models.Index(fields=["enterprise", "day"], name="visit_enterprise"),
            models.Index(fields=["county", "day"], condition=STANDS, name="visit_county"),
            models.Index(fields=["township", "day"], condition=STANDS, name="visit_township"),
        ]
        constraints = [models.CheckConstraint(condition=Q(party__gte=1), name="visit_party")]


class Member(models.Model):
    """Another supervisor who comes along: the visit that this one had planned was merged."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "person"], name="member_once")]


class Docket(models.Model):
    """One row an enterprise: whoever changes its visits writes it first, so that two cannot pass a cap at once."""

    enterprise = models.OneToOneField("enterprises.Enterprise", primary_key=True, on_delete=models.PROTECT)
    changes = models.PositiveIntegerField(default=0)


class WishKind(models.TextChoices):
    WISHED = "wished", gettext_noop("希望来")
    IMPOSSIBLE = "impossible", gettext_noop("不方便")


class Wish(models.Model):
    """Days that the principal of an enterprise wished for, or on which nobody can be received."""

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="wishes")
    kind = models.CharField(max_length=10, choices=WishKind.choices)
    first = models.DateField()
    last = models.DateField()
    note = models.CharField(max_length=100, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["enterprise", "last"], condition=Q(withdrawn_at__isnull=True), name="wish_enterprise")
        ]
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="wish_dates")]
