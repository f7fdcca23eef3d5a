"""应尽职责 and 履职 (三.3): obligations as rows (the legal record), contacts, and the tally beside them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from anwang.adapters.stored_files import StoredFile
from anwang.domain.base import gettext_noop
from anwang.domain.duties.rules import FORM_LABELS


class Obligation(models.Model):
    """One duty of one enterprise in one period, with the responsible person frozen on the row."""

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="obligations")
    rule = models.CharField(max_length=8, help_text="N7.1 … N7.8")
    period = models.CharField(max_length=10, help_text="period key: 2026-11B, 2026Q4, …")
    county = models.IntegerField()
    township = models.IntegerField()
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="obligations")
    post = models.ForeignKey("grid.Post", on_delete=models.PROTECT, related_name="obligations")
    level = models.CharField(max_length=10)
    start = models.DateField()
    due = models.DateField(help_text="last day, inclusive")
    miss = models.DateField(help_text="from this day on it is missed unless done")
    done_on = models.DateField(null=True, help_text="day of the work")
    done_at = models.DateTimeField(null=True, help_text="when the record arrived")
    late = models.BooleanField(default=False)
    waived_at = models.DateTimeField(null=True)
    waived_by = models.CharField(max_length=60, blank=True, default="")
    waive_reason = models.CharField(max_length=200, blank=True, default="")
    policy_version = models.CharField(max_length=64)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "rule", "period"], name="obligation_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(waived_at__isnull=True), name="obligation_done_or_waived"
            ),
        ]
        indexes = [
            # The overdue lists read only what is still open, whatever the history holds.
            models.Index(
                fields=["person", "due"],
                condition=Q(done_at__isnull=True, waived_at__isnull=True),
                name="obl_person_open",
            ),
            models.Index(
                fields=["county", "due"],
                condition=Q(done_at__isnull=True, waived_at__isnull=True),
                name="obl_county_open",
            ),
            models.Index(
                fields=["township", "due"],
                condition=Q(done_at__isnull=True, waived_at__isnull=True),
                name="obl_township_open",
            ),
            models.Index(fields=["person", "period"], name="obl_person_period"),
            models.Index(fields=["township", "period", "rule"], name="obl_township_period"),
            # What a period still lacks is counted without reading the rows.
            models.Index(fields=["period", "enterprise"], name="obl_period"),
        ]


class OpeningClock(models.Model):
    """One row: until which day periods have been opened. Its lock makes two schedulers take turns."""

    opened_until = models.DateField(null=True)


class Transfer(models.Model):
    """An open obligation that changed hands, with the trace (who, when, why)."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="transfers")
    from_person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)


class Channel(models.TextChoices):
    """How the record reached us; nothing else differs (B9)."""

    WEB = "web", gettext_noop("网页")
    SHEET = "sheet", gettext_noop("表格")
    PAPER = "paper", gettext_noop("纸质")
    API = "api", gettext_noop("接口")
    DEVICE = "device", gettext_noop("离线包")


class Contact(models.Model):
    """一次联系/督导: what happened. `client_id` makes a re-sent record the same record."""

    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    body_digest = models.CharField(max_length=64)
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="contacts")
    county = models.IntegerField()
    township = models.IntegerField()
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="contacts")
    post = models.ForeignKey("grid.Post", null=True, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=14, choices=[(k.value, v) for k, v in FORM_LABELS.items()])
    on_site = models.BooleanField(default=False)
    occurred_on = models.DateField()
    occurred_at = models.TimeField(null=True)
    with_whom = models.CharField(max_length=120, blank=True, default="")
    reached = models.BooleanField(default=True)
    place = models.CharField(max_length=120, blank=True, default="", help_text="optional, as the person wrote it")
    note = models.TextField(blank=True, default="")
    late_reason = models.CharField(max_length=200, blank=True, default="")
    channel = models.CharField(max_length=6, choices=Channel.choices, default=Channel.WEB)
    captured_at = models.DateTimeField(help_text="put right by the measured error of the device's clock")
    device_at = models.DateTimeField(null=True, help_text="as the device said")
    clock_error = models.IntegerField(null=True, help_text="seconds by which the server's clock was ahead when sent")
    clock_note = models.CharField(max_length=24, blank=True, default="", help_text="why captured_at is not device_at")
    received_at = models.DateTimeField()
    void_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["enterprise", "occurred_on"], name="contact_ent"),
            models.Index(fields=["person", "occurred_on"], name="contact_person"),
            # Who was visited too often is counted without reading calls (四.4).
            models.Index(
                fields=["occurred_on", "township"],
                condition=Q(on_site=True, void_at__isnull=True),
                name="contact_site",
            ),
            # What is new is looked at for hints, whatever the history holds.
            models.Index(fields=["received_at"], name="contact_received"),
        ]


class Photo(models.Model):
    """A photo of a record, always optional. `sha256` is of the bytes as they came; place only if the person tapped.

    The four bands of `dhash` are indexed: a look-alike is found among millions without reading them.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="photos")
    client_id = models.UUIDField(default=uuid.uuid4)
    place = models.SmallIntegerField(null=True, help_text="1 … 9 on its record, none when withdrawn")
    path = StoredFile(max_length=80, blank=True, default="")
    thumb = StoredFile(max_length=80, blank=True, default="")
    sha256 = models.CharField(max_length=64)
    original_sha256 = models.CharField(max_length=64, blank=True, default="", help_text="before it was made small")
    dhash = models.BigIntegerField(help_text="64 bits, signed")
    variants = models.CharField(max_length=128, help_text="hashes of the picture mirrored and turned")
    band0 = models.IntegerField()
    band1 = models.IntegerField()
    band2 = models.IntegerField()
    band3 = models.IntegerField()
    width = models.IntegerField()
    height = models.IntegerField()
    size = models.IntegerField(help_text="bytes kept")
    taken_at = models.DateTimeField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    received_at = models.DateTimeField()
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "client_id"], name="photo_once"),
            models.UniqueConstraint(fields=["contact", "sha256"], name="photo_same_bytes_once"),
            models.UniqueConstraint(fields=["contact", "place"], name="photo_place"),
            models.CheckConstraint(condition=Q(place__isnull=True) | Q(place__range=(1, 9)), name="photo_nine"),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="photo_sha"),
            models.Index(fields=["original_sha256"], condition=~Q(original_sha256=""), name="photo_original"),
            # The hash beside the band: a look-alike is judged in the index, without reading the rows.
            *(models.Index(fields=[f"band{n}", "dhash"], name=f"photo_band{n}") for n in range(4)),
        ]


class Fulfilment(models.Model):
    """A contact that meets an obligation, with the answers that its rule requires."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="fulfilments")
    obligation = models.ForeignKey(
        Obligation, null=True, on_delete=models.PROTECT, related_name="fulfilments", help_text="none: on-demand duty"
    )
    rule = models.CharField(max_length=8)
    answers = models.JSONField(default=dict)
    counts = models.BooleanField(help_text="the required answers are given")
    missing = models.JSONField(default=list, help_text="codes of what is missing when it does not count")
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(counts=True, void_at__isnull=True), name="fulfilment_counts_once"
            )
        ]
        indexes = [models.Index(fields=["rule", "contact"], name="fulfilment_rule")]


class Tally(models.Model):
    """Counters per township, rule and period, changed in the same transaction as the rows they count."""

    county = models.IntegerField()
    township = models.IntegerField()
    rule = models.CharField(max_length=8)
    period = models.CharField(max_length=10)
    month = models.CharField(max_length=7, help_text="month in which the period ends, 2026-11")
    due = models.DateField(help_text="a newcomer's may differ from the rest of the period")
    expected = models.IntegerField(default=0)
    done = models.IntegerField(default=0, help_text="done in time or late")
    late = models.IntegerField(default=0)
    waived = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "township", "rule", "period", "due"], name="tally_once"),
            models.CheckConstraint(
                condition=Q(done__gte=0, late__gte=0, waived__gte=0, expected__gte=0), name="tally_positive"
            ),
        ]
        indexes = [
            models.Index(fields=["county", "month"], name="tally_county"),
            models.Index(fields=["month"], name="tally_month"),
        ]


class Unable(models.Model):
    """暂无法完成: who says so, when and why. It explains; it never moves the due day."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="unables")
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation"], condition=Q(ended_at__isnull=True), name="unable_one_now")
        ]
