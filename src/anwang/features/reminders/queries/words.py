"""The words of a digest, in the recipient's language: enterprises and last days, no people and no telephones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils import translation
from django.utils.translation import gettext, ngettext

from anwang.domain.base import Grade
from anwang.domain.reminders.digest import Stage
from anwang.features.policies import queries as policies


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a person is told of: a duty at an enterprise, or a task (`firm` empty)."""

    person: int
    stage: Stage
    due: date
    what: str
    firm: str = ""
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A message's title and body."""

    title: str
    body: str


def digest_words(items: Sequence[Said], language: str, most: int) -> Words:
    """Overdue first, then near, each by last day; at most `most` lines in all, the rest as a number."""
    with translation.override(language or "zh-hans"):
        rows = sorted(items, key=lambda each: each.due)
        overdue = [each for each in rows if each.stage is Stage.OVERDUE]
        soon = [each for each in rows if each.stage is Stage.SOON]
        parts = [gettext("逾期 %(n)s 项") % {"n": len(overdue)}] if overdue else []
        parts += [gettext("即将到期 %(n)s 项") % {"n": len(soon)}] if soon else []
        title = gettext("履职提醒：%(what)s") % {"what": gettext("，").join(parts)}
        return Words(title, "\n".join(_lines(overdue, soon, most)))


def _lines(overdue: list[Said], soon: list[Said], most: int) -> list[str]:
    lines: list[str] = []
    left = len(overdue) + len(soon) - most
    for head, rows in ((gettext("已逾期"), overdue), (gettext("即将到期"), soon)):
        shown = rows[: max(0, most)]
        most -= len(shown)
        if shown:
            lines += [head, *(f"· {_line(each)}" for each in shown), ""]
    if left > 0:
        lines.append(ngettext("另有 %(n)s 项，见“我的履职”。", "另有 %(n)s 项，见“我的履职”。", left) % {"n": left})
    return lines


def _line(each: Said) -> str:
    if not each.firm:
        return gettext("任务：%(task)s，截止 %(due)s") % {"task": each.what, "due": each.due}
    return gettext("%(firm)s：%(duty)s，截止 %(due)s") % {
        "firm": each.firm,
        "duty": gettext(each.what),
        "due": each.due,
    }


@cache
def short(rule: str, start: date) -> str:
    """The short name of a rule, as it was in force."""
    return policies.current().duty_rule(rule, start).short
