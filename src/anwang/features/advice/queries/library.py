"""Answers found again: every word must stand in title or text, whatever its length; hits in the title come first."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from anwang.domain.advice.likeness import pairs, plain, ranked
from anwang.domain.base import Actor, Role
from anwang.domain.grid.codes import ancestors

from ..models import Entry, EntryState

#: So many answers are compared with a question at most.
COMPARED = 120


def in_line(by: Actor) -> Q:
    """Units whose papers concern the actor: its own, those above, and those of its territory."""
    found = Q(unit__in=[by.unit, *ancestors(by.unit)]) if by.unit else Q(pk__in=[])
    for low, high in by.territory.ranges:
        found |= Q(unit__gte=low, unit__lt=high)
    return found


def inside(by: Actor) -> Q:
    """Units of the actor's territory only: what its office keeps."""
    found = Q(pk__in=[])
    for low, high in by.territory.ranges:
        found |= Q(unit__gte=low, unit__lt=high)
    return found


def entries(by: Actor) -> QuerySet[Entry]:
    """The published answers that concern the actor; an office sees all of its territory."""
    published = in_line(by) & Q(state=EntryState.PUBLISHED)
    return Entry.objects.filter(published | inside(by) if by.has(Role.OFFICE) else published)


def entry(entry_id: int, *, by: Actor) -> Entry | None:
    """One answer that the actor may see."""
    return entries(by).filter(id=entry_id).first()


def search(by: Actor, words: str, *, state: str = "", day: date | None = None) -> QuerySet[Entry]:
    """Every word in title, text or source; all words in the title before some, some before none; newest first.

    One plain way that is right for two characters as for twenty on both databases: a scan of a few thousand rows.
    """
    rows = entries(by)
    if state == "review" and day is not None:
        rows = rows.filter(state=EntryState.PUBLISHED, review_on__lte=day)
    elif state:
        rows = rows.filter(state=state)
    asked = plain(words).split()[:8]
    everywhere, anywhere = Q(), Q(pk__in=[])
    for word in asked:
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(source__icontains=word))
        everywhere &= Q(title__icontains=word)
        anywhere |= Q(title__icontains=word)
    if asked:
        ranks = (When(everywhere, then=Value(0)), When(anywhere, then=Value(1)))
        rows = rows.annotate(rank=Case(*ranks, default=Value(2), output_field=IntegerField()))
        return rows.order_by("rank", "-changed_at", "-id")
    return rows.order_by("-changed_at", "-id")


def suggestions(by: Actor, question: str, *, most: int = 3) -> list[Entry]:
    """Published answers that speak of what a question speaks of, the likest first; two queries."""
    asked = sorted(pairs(question), key=len, reverse=True)[:24]
    if not asked:
        return []
    said = Q()
    for pair in asked:
        said |= Q(title__icontains=pair)
    rows = Entry.objects.filter(in_line(by), said, state=EntryState.PUBLISHED).order_by("-changed_at")
    known = {row.id: row for row in rows[:COMPARED]}
    keys = ranked(question, [(row.id, row.title, row.text) for row in known.values()], most)
    return [known[key] for key in keys]
