"""Days that an office may set stand in the policy, not in the code. What stands in the code says why it may.

Looked at are spans of more than a day (`timedelta(days=92)`) and numbers named for days or months (`KEPT_DAYS = 30`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import DOMAIN, FEATURES, PACKAGE, python_files, tree

SHOWN = "how far a page looks; nothing is decided by it"
SOUND = "a date so far off is mistyped: what a field takes, not what a rule asks"
TOLD = "what people are told is kept so long stands in the register of personal data; a policy may not prolong it"
MADE = "a file made by the program is made again when it is asked for"
GUARD = "a limit of security, weighed in the threat model"
WEEK = "a week or a month of the calendar"
READ = "how far a query reads; a longer time would change nothing but the time it takes"

ALLOWED: dict[str, dict[str, str]] = {
    "domain/duties/timing.py": {"timedelta(days=31)": "how far a device's clock is believed: evidence, no duty's day"},
    "domain/grid/offices.py": {"timedelta(days=366)": SOUND},
    "domain/portal/invitations.py": {"timedelta(days=7)": GUARD},
    "domain/portal/staff.py": {"timedelta(days=366)": GUARD, "timedelta(days=365)": GUARD, "timedelta(days=30)": GUARD},
    "domain/reports/cases.py": {"KEPT_DAYS": TOLD},
    "domain/timeline/handing.py": {"timedelta(days=90)": SOUND, "timedelta(days=366)": SOUND},
    "features/advice/actions/tidying.py": {"timedelta(days=365)": TOLD},
    "features/audit/queries/files.py": {"timedelta(days=2)": "when the daily sweep has failed"},
    "features/dispatch/actions/following.py": {"timedelta(days=92)": READ},
    "features/duties/queries/options.py": {"timedelta(days=400)": READ},
    "features/duties/queries/sheet.py": {"timedelta(days=800)": READ},
    "features/grid/views/measures.py": {"timedelta(days=13)": "what the form proposes: two weeks"},
    "features/hints/actions/finding.py": {"timedelta(days=31)": READ},
    "features/home/queries/waiting.py": {"timedelta(days=6)": WEEK},
    "features/problems/queries/mine.py": {"ENDED_DAYS": SHOWN},
    "features/reminders/queries/calendar.py": {"timedelta(days=30)": SHOWN, "timedelta(days=120)": SHOWN},
    "features/reminders/queries/digests.py": {"timedelta(days=14)": "no stretch of days off is longer"},
    "features/statistics/actions/papers.py": {"KEPT_DAYS": MADE},
    "features/timeline/actions/reviewing.py": {"KEPT_DAYS": MADE},
    "features/timeline/queries/enterprise.py": {"timedelta(days=366)": SHOWN},
    "features/timeline/queries/handing.py": {"timedelta(days=90)": SHOWN, "timedelta(days=14)": SHOWN},
    "features/timeline/views/handover.py": {"timedelta(days=14)": "what the form proposes: two weeks"},
    "features/visits/queries/rows.py": {"timedelta(days=31)": WEEK},
    "features/visits/queries/season.py": {"timedelta(days=31)": SHOWN, "timedelta(days=403)": SHOWN},
    "features/visits/queries/unit.py": {"timedelta(days=62)": SHOWN},
    "features/visits/views/firm.py": {"timedelta(days=366)": SHOWN},
    "features/visits/views/unit.py": {"timedelta(days=62)": SHOWN},
    "features/visits/views/weeks.py": {"timedelta(days=6)": WEEK},
}
NAMED = re.compile(r"[A-Z_]*(DAYS|MONTHS)")
UNITS = {"days": 1, "weeks": 7}


def spans(path: Path) -> Iterator[str]:
    """What a file fixes in days: the calls and the names."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "timedelta" and long(node):
            yield ast.unparse(node)
    for node in tree(path).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and numbers(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)]
            yield from (name for name in names if NAMED.fullmatch(name))


def long(call: ast.Call) -> bool:
    """Whether a call of timedelta says more than a day."""
    given = {"days": call.args[0]} if call.args else {}
    given |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg in UNITS}
    days = [each.value * UNITS[unit] for unit, each in given.items() if isinstance(each, ast.Constant)]
    return sum(days) > 1


def numbers(value: ast.expr | None) -> bool:
    """Whether a value has a whole number in it that is more than one."""
    found = [n.value for n in ast.walk(value) if isinstance(n, ast.Constant)] if value is not None else []
    return any(type(each) is int and each > 1 for each in found)


def place(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


FIXED = {
    place(path): sorted(set(spans(path)))
    for path in python_files(DOMAIN, FEATURES)
    if "demo" not in path.relative_to(PACKAGE).parts and list(spans(path))
}


@pytest.mark.parametrize("file", sorted(set(FIXED) | set(ALLOWED)))
def test_days_that_an_office_may_set_are_the_policys(file: str) -> None:
    fixed, allowed = set(FIXED.get(file, [])), set(ALLOWED.get(file, {}))
    assert not fixed - allowed, "put it into policies/*.yaml, or say in ALLOWED why no office may set it"
    assert not allowed - fixed, "it is gone from the code: take it from the list"


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("LATE = timedelta(days=92)", ["timedelta(days=92)"]),
        ("LATE = timedelta(weeks=2)", ["timedelta(weeks=2)"]),
        ("LATE = datetime.timedelta(3)", ["datetime.timedelta(3)"]),
        ("ACCEPT_DAYS, ANSWER_DAYS = 7, 30", ["ACCEPT_DAYS", "ANSWER_DAYS"]),
        ("SOON_DAYS: dict = {'month': 5}", ["SOON_DAYS"]),
        ("DAY = timedelta(days=1)", []),
        ("LASTS = timedelta(minutes=30)", []),
        ("late = timedelta(days=rules.look_back_days)", []),
    ],
)
def test_a_span_is_seen_however_it_is_written(line: str, seen: list[str], tmp_path: Path) -> None:
    path = tmp_path / "written.py"
    path.write_text(line, encoding="utf-8")
    assert list(spans(path)) == seen
