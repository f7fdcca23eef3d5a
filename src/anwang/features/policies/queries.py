"""The policy in force. Its files are read once a process; a change of them needs a restart, as any rule should."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from anwang.adapters.policy_files import load_policy
from anwang.domain.policy import Clause, Policy

from .models import PolicyVersion


@lru_cache(maxsize=4)
def _load(folder: str) -> Policy:
    return load_policy(Path(folder))


def current() -> Policy:
    """The policy that this server carries out. Raises PolicyError with file, line and what was expected."""
    return _load(str(Path(settings.POLICIES_DIR) / settings.POLICY_NAME))


def versions() -> QuerySet[PolicyVersion]:
    """Every version that was ever in force here, newest first."""
    return PolicyVersion.objects.order_by("-recorded_at", "-id")


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause as the page shows it: its depth, and links to the screens, rules and documents that carry it out."""

    clause: Clause
    depth: int
    screens: tuple[tuple[str, str], ...]


def clause_rows(policy: Policy, *, titles: dict[str, str]) -> list[ClauseRow]:
    """All clauses in reading order. `titles` names the screens (URL name → words)."""
    rows: list[ClauseRow] = []

    def walk(clauses: Iterable[Clause], depth: int) -> None:
        for clause in clauses:
            links = ((titles.get(name, name), _link(name)) for name in clause.carried_out_by.screens)
            rows.append(ClauseRow(clause, depth, tuple((title, url) for title, url in links if url)))
            walk(policy.children(clause.code), depth + 1)

    walk(policy.children(), 0)
    return rows


def _link(name: str) -> str:
    """The address of a screen without arguments; '' where it needs some."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
