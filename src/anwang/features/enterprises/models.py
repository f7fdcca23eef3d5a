"""Enterprises (二.1), their dated status, place and grade, their risk points (附件6), and imports of rosters."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from anwang.adapters.crypto.fields import EncryptedTextField
from anwang.adapters.stored_files import StoredFile
from anwang.domain.base import Grade, gettext_noop
from anwang.domain.grid.coordinates import System

GRADES = [(grade.value, grade.label) for grade in Grade]
PHONE: dict[str, Any] = {"blank": True, "default": "", "purpose": "企业联系（附件5）", "retention": "企业关闭后 3 年"}


class Status(models.TextChoices):
    OPERATING = "operating", gettext_noop("正常经营")
    SUSPENDED = "suspended", gettext_noop("停产停业")
    CLOSED = "closed", gettext_noop("关闭注销")


class Managing(models.TextChoices):
    """管理级别: who manages the enterprise (二.2)."""

    CITY = "city", gettext_noop("市管")
    COUNTY = "county", gettext_noop("县区管")
    LOCAL = "local", gettext_noop("属地")


class PlaceMethod(models.TextChoices):
    CODE = "code", gettext_noop("区划代码")
    NAMES = "names", gettext_noop("区划名称")
    ADDRESS = "address", gettext_noop("地址推断")
    HAND = "hand", gettext_noop("人工指定")
    NONE = "none", gettext_noop("待核定")


class IndustryBy(models.TextChoices):
    """What the industry rests on; the doubtful ones wait for a person's decision."""

    HAND = "hand", gettext_noop("人工认定")
    STATED = "stated", gettext_noop("名册填写")
    CODE = "code", gettext_noop("行业代码")
    GUESS = "guess", gettext_noop("推断待核")
    UNKNOWN = "", gettext_noop("未知")


class ChangeKind(models.TextChoices):
    IMPORT = "import", gettext_noop("名册导入")
    REGISTER = "register", gettext_noop("登记企业")
    EDIT = "edit", gettext_noop("更正资料")
    STATUS = "status", gettext_noop("经营状态")
    PLACE = "place", gettext_noop("所在网格")
    INDUSTRY = "industry", gettext_noop("行业认定")
    MANAGING = "managing", gettext_noop("管理级别")
    RISK = "risk", gettext_noop("风险点")
    GRADE = "grade", gettext_noop("风险等级")
    REGRID = "regrid", gettext_noop("网格调整")


class Change(models.Model):
    """One act on one or many enterprises: what it wrote carries its key, so that it can be taken back for 24 hours."""

    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    label = models.CharField(max_length=200)
    enterprises = models.PositiveIntegerField(default=0)
    user_id = models.BigIntegerField(null=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(db_index=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, blank=True, default="")

    def __str__(self) -> str:
        return self.label


#: Which act wrote a row, and which one closed it. Not indexed: only undoing looks, by enterprise first.
ACT: dict[str, Any] = {"null": True, "on_delete": models.PROTECT, "related_name": "+", "db_index": False}


class Enterprise(models.Model):
    """An enterprise as it stands now; its history is in the dated rows."""

    name = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18, null=True, blank=True, unique=True, help_text="统一社会信用代码")
    provisional_code = models.CharField(max_length=40, blank=True, default="", help_text="15 位注册号等，尚无信用代码")
    place = models.BigIntegerField(db_index=True, help_text="12-digit unit code, village or as near as is known")
    county = models.IntegerField(help_text="first 6 digits of the place")
    township = models.IntegerField(help_text="first 9 digits of the place")
    place_method = models.CharField(max_length=10, choices=PlaceMethod.choices, default=PlaceMethod.CODE)
    place_guessed = models.BooleanField(default=False)
    place_clues = models.JSONField(default=dict, help_text="{reasons, alternatives, stated} while guessed or unknown")
    address = models.CharField(max_length=300, blank=True, default="")
    industry = models.CharField(max_length=20, blank=True, default="", help_text="code of one of the thirteen")
    industry_by = models.CharField(max_length=10, choices=IndustryBy.choices, blank=True, default="")
    gbt_code = models.CharField(max_length=5, blank=True, default="")
    gbt_name = models.CharField(max_length=100, blank=True, default="")
    managing = models.CharField(max_length=10, choices=Managing.choices, default=Managing.LOCAL)
    headcount = models.PositiveIntegerField(null=True, blank=True)
    principal = models.CharField(max_length=60, blank=True, default="")
    principal_phone = EncryptedTextField(**PHONE)
    safety_officer = models.CharField(max_length=60, blank=True, default="")
    safety_phone = EncryptedTextField(**PHONE)
    major_hazard = models.BooleanField(default=False, help_text="重大危险源")
    longitude = models.FloatField(null=True, blank=True, help_text="WGS-84, when the system was told")
    latitude = models.FloatField(null=True, blank=True, help_text="the same")
    coordinates = models.CharField(
        max_length=5, blank=True, default="", choices=[(each.value, each.label) for each in System],
        help_text="the system in which the place was given; empty: not told, the numbers stand as they came",
    )  # fmt: skip
    located_by = models.CharField(max_length=100, blank=True, default="", help_text="by which act and whom")
    located_on = models.DateField(null=True, blank=True)
    remarks = models.CharField(max_length=1000, blank=True, default="")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPERATING)
    grade = models.CharField(max_length=10, choices=GRADES, default=Grade.GENERAL)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    last_change = models.ForeignKey(Change, **ACT)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["county", "status", "grade"], name="ent_county"),
            models.Index(fields=["township", "status", "grade"], name="ent_township"),
            models.Index(fields=["name"], name="ent_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Fact(models.Model):
    """A dated fact of an enterprise, half-open."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="%(class)ss")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60, blank=True, default="")
    change = models.ForeignKey(Change, **ACT)
    closed_by = models.ForeignKey(Change, **ACT)
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(valid_to__isnull=True), name="%(class)s_one_now"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="%(class)s_dates"
            ),
        ]
        indexes = [models.Index(fields=["enterprise", "valid_from"], name="%(class)s_ent")]


class StatusFact(Fact):
    status = models.CharField(max_length=10, choices=Status.choices)


class PlaceFact(Fact):
    place = models.BigIntegerField()
    county = models.IntegerField()
    township = models.IntegerField()
    address = models.CharField(max_length=300, blank=True, default="")
    method = models.CharField(max_length=10, choices=PlaceMethod.choices)
    guessed = models.BooleanField(default=False)


class GradeFact(Fact):
    """The computed grade with the items of 附件6 that fired, and the override if a person set one."""

    grade = models.CharField(max_length=10, choices=GRADES, help_text="in effect")
    computed = models.CharField(max_length=10, choices=GRADES)
    items = models.JSONField(default=list, help_text="[{code, text, params, clause}]")
    override_reason = models.CharField(max_length=200, blank=True, default="")
    override_evidence = models.CharField(max_length=200, blank=True, default="")
    override_until = models.DateField(null=True, blank=True)


class RiskPoint(models.Model):
    """风险点: a place or activity of the enterprise that is graded by itself. Its facts are dated rows."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="risk_points")
    name = models.CharField(max_length=80)
    location = models.CharField(max_length=120, blank=True, default="")
    from_roster = models.BooleanField(default=False, help_text="the point that the columns of a roster describe")
    removed_on = models.DateField(null=True, blank=True)
    change = models.ForeignKey(Change, **ACT)
    removed_by = models.ForeignKey(Change, **ACT)
    created_at = models.DateTimeField()


class RiskFact(models.Model):
    """What is known of a risk point from a day on (附件6)."""

    point = models.ForeignKey(RiskPoint, on_delete=models.PROTECT, related_name="facts")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    serious_accident = models.BooleanField(default=False, help_text="死亡、重伤、重大财产损失事故")
    minor_accidents = models.PositiveSmallIntegerField(default=0, help_text="轻伤、一般财产损失事故次数")
    condition_persists = models.BooleanField(default=True)
    major_hazard = models.BooleanField(default=False)
    hazard_kinds = models.JSONField(default=list, help_text="poisoning, explosion, fire, other")
    persons = models.PositiveIntegerField(default=0, help_text="同一作业时间作业人员")
    evaluated = models.CharField(max_length=10, choices=GRADES, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60, blank=True, default="")
    change = models.ForeignKey(Change, **ACT)
    closed_by = models.ForeignKey(Change, **ACT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point"], condition=Q(valid_to__isnull=True), name="riskfact_one_now")
        ]


class ImportState(models.TextChoices):
    READING = "reading", gettext_noop("读取中")
    PREVIEW = "preview", gettext_noop("待确认")
    APPLIED = "applied", gettext_noop("已导入")
    DISCARDED = "discarded", gettext_noop("已放弃")


class RosterImport(models.Model):
    """An uploaded roster: what it would do, what it did. Its files are deleted once they are not needed."""

    filename = models.CharField(max_length=200)
    path = StoredFile(max_length=200, help_text="below the media folder")
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    unit = models.BigIntegerField(help_text="where rows without a place go")
    on = models.DateField()
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.READING)
    summary = models.JSONField(default=dict)
    samples = EncryptedTextField(blank=True, default="", purpose="导入预览", retention="确认或放弃后即删")
    errors_path = StoredFile(max_length=200, blank=True, default="")
    change = models.OneToOneField(Change, null=True, on_delete=models.PROTECT, related_name="roster_import")
    user_id = models.BigIntegerField(null=True)
    by = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)


class ChangedRow(models.Model):
    """One enterprise that a change created or altered, with its columns before, encrypted with their phones."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="rows")
    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.SET_NULL, related_name="changed_rows")
    created = models.BooleanField()
    before = EncryptedTextField(blank=True, default="", purpose="撤销更改", retention="24 小时")
