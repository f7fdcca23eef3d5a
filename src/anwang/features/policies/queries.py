"""The policy in force. Its files are read once a process; a change of them needs a restart, as any rule should."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from anwang.adapters.policy_files import load_policy
from anwang.domain.base import gettext_noop
from anwang.domain.policy import Clause, Policy

from .models import PolicyVersion


@lru_cache(maxsize=4)
def _load(folder: str) -> Policy:
    return load_policy(Path(folder))


def folder() -> str:
    """Where the files of the policy lie."""
    return f"{settings.POLICIES_DIR}/{settings.POLICY_NAME}"


def current() -> Policy:
    """The policy that this server carries out. Raises PolicyError with file, line and what was expected."""
    return _load(folder())


def versions() -> QuerySet[PolicyVersion]:
    """Every version that was ever in force here, newest first."""
    return PolicyVersion.objects.order_by("-recorded_at", "-id")


def kept(version: str) -> PolicyVersion | None:
    """The files of a version that was in force here."""
    return PolicyVersion.objects.filter(version=version).first()


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause as the page shows it: its depth, and (words, address) of what carries it out."""

    clause: Clause
    depth: int
    links: tuple[tuple[str, str], ...]


def clause_rows(policy: Policy, *, titles: dict[str, str], on: date) -> list[ClauseRow]:
    """All clauses in reading order. `titles` names the screens (URL name → words)."""
    rows: list[ClauseRow] = []
    names = _rule_links(policy, on) | {
        f"doc:{text.code}": (text.title, f"#doc-{text.code}") for text in policy.documents(on)
    }

    def walk(clauses: Iterable[Clause], depth: int) -> None:
        for clause in clauses:
            work = clause.carried_out_by
            links = [(titles[name], _link(name)) for name in work.screens if name in titles]
            links += [names[key] for key in (*work.rules, *(f"doc:{code}" for code in work.documents)) if key in names]
            rows.append(ClauseRow(clause, depth, tuple(dict.fromkeys(link for link in links if link[1]))))
            walk(policy.children(clause.code), depth + 1)

    walk(policy.children(), 0)
    return rows


def _rule_links(policy: Policy, on: date) -> dict[str, tuple[str, str]]:
    """Rules of the page by their codes; level rules and weights stand in one table."""
    division = (gettext_noop("包保分工"), "#division")
    found = {rule.code: (rule.short, f"#{rule.code}") for rule in policy.duty_rules(on)}
    found |= {rule.code: division for rule in policy.level_rules(on)} | {"weights": division}
    return found | {item.code: (gettext_noop("风险分级标准"), "#grading") for item in policy.grading(on).items}


def _link(name: str) -> str:
    """The address of a screen without arguments; '' where it needs some."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
