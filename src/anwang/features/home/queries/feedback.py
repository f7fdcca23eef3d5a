"""Reading feedback."""

from __future__ import annotations

from django.db.models import F, QuerySet

from ..models import Feedback


def feedback_list() -> QuerySet[Feedback]:
    """Unanswered first, the newest first."""
    return Feedback.objects.order_by(F("answered_at").asc(nulls_first=True), "-created_at")
