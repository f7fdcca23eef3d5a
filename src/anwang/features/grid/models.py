"""The five-level grid (三.1): units, posts, leaders, sponsorship — all dated, half-open [valid_from, valid_to)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from anwang.adapters.crypto.fields import EncryptedTextField
from anwang.domain.base import Level, gettext_noop

LEVELS = [(level.value, level.label) for level in Level]


class Dated(models.Model):
    """A fact that was true from a day to before another, and when we came to know it."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


def ordered(name: str) -> models.CheckConstraint:
    """A fact ends after it began."""
    return models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=name)


class GridUnit(Dated):
    """An administrative unit by its 12-digit statistical code."""

    code = models.BigIntegerField()
    level = models.CharField(max_length=10, choices=LEVELS)
    name = models.CharField(max_length=80)
    parent = models.BigIntegerField(null=True)
    county = models.IntegerField(default=0, db_index=True, help_text="6 digits")
    township = models.IntegerField(default=0, db_index=True, help_text="9 digits")
    phone = models.CharField(max_length=40, blank=True, default="", help_text="监督电话")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(valid_to__isnull=True), name="unit_one_now"),
            ordered("unit_dates"),
        ]
        indexes = [models.Index(fields=["code", "valid_from"], name="unit_code")]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """What a unit's code became at a re-gridding."""

    old = models.BigIntegerField(db_index=True)
    new = models.BigIntegerField()
    old_name = models.CharField(max_length=80)
    new_name = models.CharField(max_length=80)
    on = models.DateField()
    kind = models.CharField(max_length=12, help_text="recoded, renamed, dissolved, kept")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "on"], name="succession_once")]


class PostKind(models.TextChoices):
    """What the notice's people are (二.2, 三.1), and the enterprise's and the administrators' posts."""

    BUREAU = "bureau", gettext_noop("市应急局人员")
    COUNTY_BUREAU = "county_bureau", gettext_noop("县区应急局人员")
    TOWNSHIP_LEADER = "township_leader", gettext_noop("乡镇党政领导班子成员")
    TOWNSHIP_SAFETY = "township_safety", gettext_noop("乡镇安全生产（应急）工作人员")
    VILLAGE_PRINCIPAL = "village_principal", gettext_noop("村居主要负责人")
    VILLAGE_DEPUTY = "village_deputy", gettext_noop("村居分工负责人")
    DEPARTMENT = "department", gettext_noop("科室（单位）人员")
    PRINCIPAL = "principal", gettext_noop("企业主要负责人")
    STAFF = "staff", gettext_noop("企业工作人员")
    SYSTEM_ADMIN = "system_admin", gettext_noop("系统管理员")
    SECURITY_ADMIN = "security_admin", gettext_noop("安全管理员")
    AUDIT_ADMIN = "audit_admin", gettext_noop("审计管理员")


class Post(Dated):
    """A person's post. Several at once are allowed; each gives its own territory."""

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=20, choices=PostKind.choices)
    level = models.CharField(max_length=10, choices=LEVELS)
    unit = models.BigIntegerField(help_text="12-digit code of the unit served")
    county = models.IntegerField(default=0)
    township = models.IntegerField(default=0)
    organisation = models.CharField(max_length=80, blank=True, default="", help_text="单位")
    title = models.CharField(max_length=60, blank=True, default="", help_text="职务")
    is_office = models.BooleanField(default=False, help_text="办公室：rosters, allocation, statistics of its unit")
    is_supervisor = models.BooleanField(default=True, help_text="全员包保: in scope of the allocation")
    expertise = models.JSONField(default=list, help_text="industry codes known well")
    enterprise_id = models.BigIntegerField(null=True, blank=True, db_index=True, help_text="of an enterprise post")
    rights = models.JSONField(default=list, help_text="of an enterprise's staff: what its principal gave (Right)")
    given_by = models.ForeignKey("accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
                                 help_text="of an enterprise's staff: the giver, with whose post it ends")  # fmt: skip
    end_reason = models.CharField(max_length=120, blank=True, default="", help_text="why the post ended")
    succeeds = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
                                 help_text="the same post before a re-gridding")  # fmt: skip

    class Meta:
        constraints = [ordered("post_dates")]
        indexes = [
            models.Index(fields=["unit", "valid_to"], name="post_unit"),
            models.Index(fields=["person", "valid_to"], name="post_person"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How a post is called on screens: its own title, else its kind."""
        return self.title or str(gettext(PostKind(self.kind).label))


class Leadership(Dated):
    """网格长 of a unit. Rank 1 is 一级网格长 (组长), 2 副组长, 3 成员 in the city's leading group (附件1)."""

    unit = models.BigIntegerField()
    level = models.CharField(max_length=10, choices=LEVELS)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="leaderships")
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "post"], condition=Q(valid_to__isnull=True), name="leader_once"),
            ordered("leader_dates"),
        ]
        indexes = [models.Index(fields=["unit", "valid_to"], name="leader_unit")]


class Sponsorship(Dated):
    """市包县区、县区包乡镇、乡镇包村居: a post of the upper level answers for coordination in a unit below."""

    unit = models.BigIntegerField()
    level = models.CharField(max_length=10, choices=LEVELS)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="sponsorships")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "post"], condition=Q(valid_to__isnull=True), name="sponsor_once"),
            ordered("sponsor_dates"),
        ]


class Upload(models.Model):
    """A file between preview and confirmation: people, a division table. Deleted when taken over or given up."""

    filename = models.CharField(max_length=120)
    data = EncryptedTextField(purpose="导入预览", retention="确认或放弃后即删，最长 1 天")
    user_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()


class HealthMeasure(models.Model):
    """疫情防控等措施 (四.4): on these days on-site duties of enterprises in the unit are done remotely."""

    unit = models.BigIntegerField(help_text="12-digit code; everything below it too")
    first = models.DateField()
    end = models.DateField(help_text="the first day on which it no longer holds")
    reason = models.CharField(max_length=200)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    ended_by = models.CharField(max_length=60, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="cut short before its end")
    end_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(end__gte=F("first")), name="measure_dates")]
        indexes = [models.Index(fields=["end", "unit"], name="measure_end")]

    def __str__(self) -> str:
        return self.reason
