"""Material for warning education (N7.4); nothing here tells who looked at it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from anwang.domain.base import Actor, Role

from ..models import Material
from .library import in_line, inside


def materials(by: Actor, *, words: str = "", industry: str = "") -> QuerySet[Material]:
    """What concerns the actor, newest first; an office sees what it has taken out, too."""
    shown = in_line(by) & Q(withdrawn_at__isnull=True)
    rows = Material.objects.filter(shown | inside(by) if by.has(Role.OFFICE) else shown)
    for word in words.split()[:8]:
        rows = rows.filter(Q(title__icontains=word) | Q(note__icontains=word) | Q(source__icontains=word))
    if industry:
        rows = rows.filter(Q(industries="") | Q(industries__contains=f"|{industry}|"))
    return rows.order_by("-made_at", "-id")


def material(material_id: int, *, by: Actor) -> Material | None:
    """One that the actor may see."""
    return materials(by).filter(id=material_id).first()
