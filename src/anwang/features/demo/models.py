"""What a demonstration holds and how far it was made, so that a second call ends at once and a broken one goes on."""

from __future__ import annotations

from django.db import models


class DemoRun(models.Model):
    """One demonstration; a database holds at most one. `done` is stage → figures, in the order of making."""

    size = models.CharField(max_length=10)
    seed = models.BigIntegerField()
    start = models.DateField(help_text="first day of the history")
    until = models.DateTimeField(help_text="the history ends here; later duties are opened, not invented")
    done = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
