"""问题 (三.4): problems with whose turn it is, their events, referrals to departments, extensions, files, ladders."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from anwang.adapters.stored_files import StoredFile
from anwang.domain.base import Level, gettext_noop
from anwang.domain.ladder.case import PART_LABELS
from anwang.domain.ladder.rules import PROBLEM_LABELS
from anwang.domain.ladder.states import ENDED, STATE_LABELS, State

_PERSON = "accounts.Person"
OPEN, OVER = Q(due__isnull=False), Q(due__isnull=True)
LEVELS = [(level.value, level.label) for level in Level]


class Source(models.TextChoices):
    """Where a problem comes from."""

    CONTACT = "contact", gettext_noop("督导中发现")
    SELF = "self", gettext_noop("企业自报")
    TASK = "task", gettext_noop("任务")
    CHECK = "check", gettext_noop("排查")
    # Also what a report (举报) brought to light: nobody of the enterprise may see that there was one.
    ABOVE = "above", gettext_noop("上级交办")


class Asked(models.TextChoices):
    """How a request for more time stands."""

    WAITING = "waiting", gettext_noop("待批准")
    APPROVED = "approved", gettext_noop("已批准")
    REFUSED = "refused", gettext_noop("未批准")
    DROPPED = "dropped", gettext_noop("已作废")


class Ladder(models.Model):
    """The ladder that running cases began under, as the policy had it then: a later policy does not touch them."""

    digest = models.CharField(max_length=64, unique=True)
    rule = models.JSONField(help_text="the fields of domain.ladder.LadderRule")
    kept_at = models.DateTimeField()


class Problem(models.Model):
    """One problem. `version` guards every act; `part`, `actor_*` and `due` say whose turn it is, none when it is over.

    `found_on`, `reported_at` and `first_due` never change: the age of a problem counts from its first report.
    """

    client_id = models.UUIDField(default=uuid.uuid4, unique=True, help_text="the same form sent twice is one problem")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="problems")
    county = models.IntegerField()
    township = models.IntegerField()
    kind = models.CharField(max_length=14, choices=[(k.value, v) for k, v in PROBLEM_LABELS.items()])
    title = models.CharField(max_length=80)
    text = models.TextField(blank=True, default="")
    spot = models.CharField(max_length=120, blank=True, default="", help_text="place in the plant")
    found_on = models.DateField()
    source = models.CharField(max_length=8, choices=Source.choices)
    contact = models.ForeignKey("duties.Contact", null=True, on_delete=models.PROTECT, related_name="problems")
    reporter = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    reported_by = models.CharField(max_length=60)
    reported_at = models.DateTimeField()
    tracker = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="tracked_problems")
    ladder = models.ForeignKey(Ladder, on_delete=models.PROTECT, related_name="+")
    policy_version = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()])
    version = models.PositiveIntegerField(default=1)
    unit = models.BigIntegerField(help_text="whose leader answers for it now")
    level = models.CharField(max_length=10, choices=LEVELS)
    arrived_on = models.DateField(help_text="at this level")
    below = models.BigIntegerField(null=True, help_text="the unit that it climbed from")
    part = models.CharField(
        max_length=10, null=True, choices=[(k.value, v) for k, v in PART_LABELS.items()], help_text="whose turn it is"
    )
    actor_unit = models.BigIntegerField(null=True)
    actor_person = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True, help_text="last day of whoever is next")
    act_on = models.DateField(null=True, help_text="after this day silence acts")
    first_due = models.DateField(help_text="the last day of the first level, never moved")
    given = models.DateField(null=True, help_text="set for department or enterprise")
    until = models.DateField(null=True, help_text="accepted risk ends")
    returned_on = models.DateField(null=True)
    extended_to = models.DateField(null=True)
    extensions = models.PositiveSmallIntegerField(default=0, help_text="approved at this level")
    extended = models.PositiveSmallIntegerField(default=0, help_text="approved in all")
    decider = models.BigIntegerField(null=True, help_text="the unit that has a request for more time to decide")
    hops = models.PositiveSmallIntegerField(default=0, help_text="how often it climbed")
    reopened = models.PositiveSmallIntegerField(default=0)
    deadline = models.DateField(null=True, help_text="整改期限 as proposed by the reporter")
    measures = models.CharField(max_length=1000, blank=True, default="")
    result = models.CharField(max_length=1000, blank=True, default="", help_text="what was done")
    doer = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    listed_at = models.DateTimeField(null=True, help_text="挂牌督办")
    letter = models.ForeignKey("documents.IssuedDocument", null=True, on_delete=models.PROTECT, related_name="+")
    listed = models.JSONField(default=dict, help_text="what the 督办函 says: agency, addressee, demand, due")
    told_due = models.DateField(null=True, help_text="the day for which overdue at the top was told")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Open: somebody is next, by a day. Over: nobody.
            models.CheckConstraint(
                condition=(Q(state__in=[s.value for s in ENDED]) & Q(part__isnull=True, due__isnull=True))
                | (~Q(state__in=[s.value for s in ENDED]) & Q(part__isnull=False, due__isnull=False)),
                name="problem_next",
            ),
            models.CheckConstraint(condition=Q(found_on__isnull=False) & Q(version__gte=1), name="problem_version"),
        ]
        indexes = [
            # `due` is empty when it is over: the boards read only what is open, and out of these two alone: whose next
            # day comes first, and how many there are of each state, kind and age.
            models.Index(
                fields=["county", "due", "id", "state", "kind", "reported_at", "township"], condition=OPEN,
                name="problem_county",
            ),
            models.Index(
                fields=["township", "due", "id", "state", "kind", "reported_at"], condition=OPEN,
                name="problem_township",
            ),
            models.Index(fields=["county", "closed_at", "id", "kind", "state"], condition=OVER, name="problem_closed"),
            models.Index(
                fields=["township", "closed_at", "id", "kind", "state"], condition=OVER, name="problem_closed_town"
            ),
            models.Index(fields=["county", "due"], condition=OPEN & Q(listed_at__isnull=False), name="problem_listed"),
            models.Index(fields=["act_on"], condition=OPEN, name="problem_silence"),
            models.Index(fields=["actor_unit"], condition=Q(actor_unit__isnull=False), name="problem_unit"),
            models.Index(fields=["actor_person"], condition=Q(actor_person__isnull=False), name="problem_person"),
            models.Index(fields=["decider"], condition=Q(decider__isnull=False), name="problem_decider"),
            models.Index(fields=["tracker", "due"], name="problem_tracker"),
            models.Index(fields=["enterprise", "due"], name="problem_firm"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return State(self.state) not in ENDED


class Referral(models.Model):
    """转科室单位: one department, until when, and what it answered."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="referrals")
    post = models.ForeignKey("grid.Post", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    note = models.CharField(max_length=500, blank=True, default="")
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "person"], condition=Q(ended_at__isnull=True), name="referral_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at")), name="referral_ends_after"
            ),
        ]
        indexes = [models.Index(fields=["person", "ended_at"], name="referral_person")]


class ProblemExtension(models.Model):
    """延期: asked with a reason, decided by the next leader above; the clock runs on until then."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="requests")
    wanted = models.DateField()
    reason = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    asker = models.ForeignKey(_PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.BigIntegerField(help_text="decides")
    state = models.CharField(max_length=8, choices=Asked.choices, default=Asked.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True, default="")
    answer = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem"], condition=Q(state="waiting"), name="problem_one_waiting")
        ]


class ProblemEvent(models.Model):
    """What happened, by whom, at which level; rows are only ever added."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    unit = models.BigIntegerField(help_text="that answered for it then")
    reason = models.CharField(max_length=20, blank=True, default="", help_text="what was missing, of a hop upward")
    text = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["problem", "id"], name="problem_event")]


class ProblemFile(models.Model):
    """Photos and papers: of the report, or of what was done about it (`event`). Kept as they were checked."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="files")
    stage = models.CharField(max_length=12, help_text="the kind of event that it came with")
    name = models.CharField(max_length=120)
    path = StoredFile(max_length=120)
    kind = models.CharField(max_length=8, help_text="jpg, pdf, docx")
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file as it was handed in")
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
