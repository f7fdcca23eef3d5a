"""The red lines as a check: what the platform keeps, asks and logs against its register (product.md 红线 1、5、6).

Law made after the notice forbids to measure people's use of an app, to force photos, places and log-ins, and to ask the
same thing twice. A name that looks like it needs a reason in the register; a thing without clause, use and review day
is a fault whatever it is called.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from anwang.domain.base import gettext_noop
from anwang.domain.burden.register import Entry, Register


def _whole(*words: str) -> re.Pattern[str]:
    """A word, or several joined by underscores, standing whole in a name."""
    return re.compile(rf"(^|[_.])({'|'.join(words)})($|[_.])")


#: Parts of names that say that somebody's use of the app is measured, or that somebody is followed.
TRACKING = _whole(
    r"last_(login|seen|active|used|visit|read)\w*",
    *(
        "(login|visit|view|read|open|click|download)_?count",
        "logins",
        "views?",
        r"viewed\w*",
        "seen",
        "is_read",
        "unread",
        r"(opened|read)(?!_)",
        r"seen_(at|by)",
    ),
    *(
        "read_at",
        "opened_by",
        r"watched\w*",
        r"played\w*",
        r"online\w*",
        "active_(time|seconds|days)",
        r"(stay|dwell)\w*",
    ),
    *("points", "score", "credits", "rank(ing)?", "streak", "badge", r"check_?ins?", r"checked_in\w*", r"punch\w*"),
    *("sign_in_(at|count)", "logout_time", "attempt_time", "session_hash", "user_agent", "ip_address", r"install\w*"),
    *(r"track\w*", "trajectory", "geofence", "device_id", "imei", "mac_address", "fingerprint", "push_token"),
    *("latitude", "longitude", "position", r"geo\w*", r"face\w*"),
)
#: Kinds of events that say that somebody looked at something, or how somebody used the app.
WATCHING = _whole(
    *("views?", "viewed", "read", "seen", "open_page", "visit_page", "click", "login", "sign_in", "logout"),
    *("watch", "play", "download", "fetch", "unmask", "wear"),
)
#: What a person may never be made to give: a picture, a place.
FORCED = re.compile(
    "photo|image|picture|selfie|camera|audio|voice|face|locat|position|latitude|longitude|gps|geo|track"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the model's label, the column's name."""

    model: str
    name: str

    @property
    def place(self) -> str:
        return f"{self.model}.{self.name}"


@dataclass(frozen=True, slots=True)
class Question:
    """A field of a form, or an answer of a duty. `file`: a file is sent; `page`: what is filled in together."""

    place: str
    name: str
    label: str
    required: bool
    file: bool = False
    page: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A red line crossed, or a thing nobody answers for: stable code, where, what is wrong with %(name)s places."""

    code: str
    place: str
    text: str
    found: str = ""

    def __str__(self) -> str:
        return f"{self.place}：{self.text % {'found': self.found} if self.found else self.text}"


MISSING = gettext_noop("登记册里没有这一项，请写明条款、用途和复核日期，或去掉它")
NO_CLAUSE = gettext_noop("没有写条款，或条款“%(found)s”不在方案和所列法规中")
NO_USE = gettext_noop("没有写用途")
NO_REVIEW = gettext_noop("没有写保存期限或复核日期")
PAST = gettext_noop("复核日期 %(found)s 已过，请重新确认是否还需要")
GONE = gettext_noop("登记册里有、系统里已没有，请删去")
TRACKED = gettext_noop("名称像是在记录个人使用情况、行踪或排名，请去掉，或在登记册 allow 中写明为什么不是")
FORCES = gettext_noop("不得强制提交照片或位置，请改为选填")
TWICE = gettext_noop("与 %(found)s 重复：同一件事只问一次")
WATCHED = gettext_noop("日志不得记录谁看过什么、谁用了多少，请去掉，或在登记册 allow 中写明为什么不是")


def column_faults(columns: Iterable[Column], register: Register, clauses: Collection[str], today: date) -> list[Fault]:
    """Faults of tables: every column has its entry, none measures people."""
    found: list[Fault] = []
    known: set[str] = set()
    for column in columns:
        known.add(column.place)
        entry = register.column(column.model, column.name)
        found += _entry_faults("column", column.place, entry, register, clauses, today)
        if TRACKING.search(column.name.lower()) and not (entry and entry.allow):
            found.append(Fault("redline.tracking", column.place, TRACKED))
    return found + _gone("column", register.columns, known)


def question_faults(
    questions: Iterable[Question], register: Register, clauses: Collection[str], today: date
) -> list[Fault]:
    """Faults of forms: every field has its entry, none forces a photo or a place, none asks again."""
    found: list[Fault] = []
    known: set[str] = set()
    asked = list(questions)
    for question in asked:
        entries = register.answers if question.place.startswith("answer.") else register.forms
        place = question.place.removeprefix("answer.") if entries is register.answers else question.place
        known.add(place)
        entry = entries.get(place)
        found += _entry_faults("field", question.place, entry, register, clauses, today)
        if question.required and FORCED.search(question.name.lower()) and not (entry and entry.allow):
            found.append(Fault("redline.forced", question.place, FORCES))
        if question.required and question.file and not (entry and entry.allow):
            found.append(Fault("redline.forced", question.place, FORCES))
    kept = {**register.forms, **register.answers}
    return found + _twice(asked, register) + _gone("field", kept, known)


def log_faults(kinds: Iterable[str], register: Register, clauses: Collection[str], today: date) -> list[Fault]:
    """Faults of the trail: every kind of event has its entry, none says who looked at what."""
    found: list[Fault] = []
    known: set[str | None] = set()
    for kind in kinds:
        key = register.log_key(kind)
        entry = register.logs[key] if key else None
        known.add(key)
        found += _entry_faults("log", f"log:{kind}", entry, register, clauses, today)
        if WATCHING.search(kind.lower()) and not (kind in register.logs and register.logs[kind].allow):
            found.append(Fault("redline.watching", f"log:{kind}", WATCHED))
    return found + _gone("log", register.logs, known)


def _entry_faults(
    what: str, place: str, entry: Entry | None, register: Register, clauses: Collection[str], today: date
) -> list[Fault]:
    if entry is None:
        return [Fault(f"redline.{what}_unregistered", place, MISSING)]
    found = []
    if not entry.clause or (entry.clause not in clauses and entry.clause not in register.laws):
        found.append(Fault("redline.clause", place, NO_CLAUSE, entry.clause or "–"))
    if not entry.use.strip():
        found.append(Fault("redline.use", place, NO_USE))
    if entry.review is None or not entry.keep.strip():
        found.append(Fault("redline.review", place, NO_REVIEW))
    elif entry.review < today:
        found.append(Fault("redline.review_past", place, PAST, entry.review.isoformat()))
    return found


def _gone(what: str, kept: Iterable[str], known: Collection[str | None]) -> list[Fault]:
    return [Fault(f"redline.{what}_gone", place, GONE) for place in kept if place not in known]


def _twice(questions: Iterable[Question], register: Register) -> list[Fault]:
    """Two required fields for the same fact, wherever they stand; two of the same words on one page.

    `allow` says why a field is another way to the same, of which a person takes one.
    """
    facts: defaultdict[str, list[str]] = defaultdict(list)
    labels: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for question in questions:
        if not question.required:
            continue
        entry = register.forms.get(question.place) or register.answers.get(question.place.removeprefix("answer."))
        if entry and entry.fact and not entry.allow:
            facts[entry.fact].append(question.place)
        if question.page and question.label:
            labels[question.page, question.label].append(question.place)
    groups = [*facts.values(), *labels.values()]
    return [
        Fault("redline.twice", place, TWICE, places[0])
        for places in groups
        for place in sorted(set(places))[1:]
    ]  # fmt: skip
