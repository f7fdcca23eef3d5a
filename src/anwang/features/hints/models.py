"""Hints on authenticity (B7): shown to the person first, then to the leader, changing nothing else."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anwang.domain.hints.rules import KIND_LABELS
from anwang.domain.hints.states import OUTCOME_LABELS, STATE_LABELS


class Hint(models.Model):
    """What was seen of a record. `key` names what it rests on, so that looking again finds the same hint."""

    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=[(kind.value, label) for kind, label in KIND_LABELS.items()])
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="hints")
    unit = models.BigIntegerField(help_text="12-digit code of the unit in which the person served then")
    county = models.IntegerField()
    contact = models.ForeignKey("duties.Contact", on_delete=models.PROTECT, related_name="hints")
    other = models.ForeignKey("duties.Contact", null=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.JSONField(default=dict, help_text="figures, and keys of photos and records")
    found_at = models.DateTimeField()
    leader_from = models.DateField(help_text="from this day on the leader sees it, explained or not")
    state = models.CharField(
        max_length=10, choices=[(state.value, label) for state, label in STATE_LABELS.items()], default="shown"
    )
    explanation = models.TextField(blank=True, default="")
    explained_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=10, choices=[(each.value, label) for each, label in OUTCOME_LABELS.items()], blank=True, default=""
    )
    settle_note = models.CharField(max_length=200, blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["person", "state"], name="hint_person"),
            models.Index(fields=["unit", "leader_from"], condition=~Q(state="settled"), name="hint_unit_waiting"),
            models.Index(fields=["unit", "settled_at"], name="hint_unit_settled"),
        ]


class Look(models.Model):
    """One row: until when the records have been looked at."""

    until = models.DateTimeField()
