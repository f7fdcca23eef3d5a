"""The words of a digest, in the recipient's language: enterprises and last days, no people and no telephones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils import translation
from django.utils.translation import gettext, ngettext

from anwang.domain.reminders.digest import Stage
from anwang.features.duties.queries.reminding import Remindable
from anwang.features.policies import queries as policies


@dataclass(frozen=True, slots=True)
class Words:
    """A message's title and body."""

    title: str
    body: str


def digest_words(items: Sequence[tuple[Stage, Remindable]], day: date, language: str, most: int) -> Words:
    """Overdue first, then near; at most `most` lines in all, the rest as a number."""
    with translation.override(language or "zh-hans"):
        overdue = [row for stage, row in items if stage is Stage.OVERDUE]
        soon = [row for stage, row in items if stage is Stage.SOON]
        parts = [gettext("逾期 %(n)s 项") % {"n": len(overdue)}] if overdue else []
        parts += [gettext("即将到期 %(n)s 项") % {"n": len(soon)}] if soon else []
        title = gettext("履职提醒：%(what)s") % {"what": gettext("，").join(parts)}
        return Words(title, "\n".join(_lines(overdue, soon, day, most)))


def _lines(overdue: list[Remindable], soon: list[Remindable], day: date, most: int) -> list[str]:
    lines: list[str] = []
    for head, rows in ((gettext("已逾期"), overdue), (gettext("即将到期"), soon)):
        shown = rows[: max(0, most)]
        most -= len(shown)
        if shown:
            lines += [head, *(_line(row) for row in shown), ""]
    if left := len(overdue) + len(soon) - sum(line.startswith("· ") for line in lines):
        lines.append(ngettext("另有 %(n)s 项，见“我的履职”。", "另有 %(n)s 项，见“我的履职”。", left) % {"n": left})
    return lines


def _line(row: Remindable) -> str:
    what = {"duty": gettext(short(row.rule, row.start)), "firm": row.name, "due": row.due}
    return "· " + gettext("%(firm)s：%(duty)s，截止 %(due)s") % what


@cache
def short(rule: str, start: date) -> str:
    """The short name of a rule, as it was in force."""
    return policies.current().duty_rule(rule, start).short
