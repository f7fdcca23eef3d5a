"""A sheet of contacts against what is owed: what each row would record, and every doubt (B9)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from anwang.adapters.xlsx.reader import read_sheet
from anwang.domain.base import Actor, Reason, Refusal, Role, gettext_noop
from anwang.domain.calendar import SHANGHAI, local_day
from anwang.domain.duties.bundle import Candidate, bundle
from anwang.domain.duties.counting import decisive_answers, form_fits, missing_answers
from anwang.domain.duties.due import period_kind
from anwang.domain.duties.rules import Answer, AnswerKind, DutyRule, Form
from anwang.domain.duties.timing import credible_capture, timeliness
from anwang.domain.grid.measures import measure_for
from anwang.domain.roster.rows import CellFault, Row, RowSet, Table, pick_table, read_rows
from anwang.features.assignments.queries.standing import spans_of
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Contact, Obligation
from .rows import OPEN
from .sheet_spec import record_spec

LOOK_BACK = timedelta(days=800)
#: What the month's sheet writes into the rows of duties still owed.
_PRINTED = frozenset({"enterprise", "credit_code", "person", "phone", "rules"})
NONE_WORDS = frozenset({"无", "没有", "未发现"})


@dataclass(slots=True)
class RecordPlan:
    """What one row states, resolved. `entries` are (rule, obligation or None, answers); `known`: recorded already."""

    row: Row
    firm: Any = None
    person: int = 0
    form: Form = Form.OTHER
    day: date = date.min
    entries: list[tuple[DutyRule, int | None, dict[str, str]]] = field(default_factory=list)
    client_id: UUID | None = None
    captured_at: datetime | None = None
    known: bool = False
    remote: bool = False

    @property
    def do(self) -> str:
        if self.known:
            return "unchanged"
        return "recorded" if self.row.ok else "error"


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """The rows with what they would record, and the sheet itself for marking errors."""

    rows: list[RecordPlan]
    sheet: RowSet
    blank: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """rows, recorded, unchanged, errors, warnings, fulfilled: obligations that the rows would meet; blank: rows
        that say what is owed and were not filled in."""
        done = Counter(plan.do for plan in self.rows)
        warned = sum(bool(plan.row.faults) and plan.row.ok for plan in self.rows)
        met = sum(obligation is not None for plan in self.rows if plan.do == "recorded"
                  for _, obligation, _ in plan.entries)  # fmt: skip
        return {"rows": len(self.rows), "recorded": done["recorded"], "unchanged": done["unchanged"],
                "errors": done["error"], "warnings": warned, "fulfilled": met,
                "blank": self.blank}  # fmt: skip


def plan_records(data: bytes, *, by: Actor, now: datetime) -> RecordSheet:
    """Read a sheet (.xlsx, .xls, .csv) or a JSON list of rows and compare it with what is owed. Touches nothing."""
    spec = record_spec(local_day(now))
    if data.lstrip()[:1] == b"[":
        table, header = pick_table([_table_of(data)], spec)
        sheet = read_rows(table, header, spec)
    else:
        sheet = read_sheet(data, spec)
    reader = _Reader(sheet, by, now)
    written = [row for row in sheet.rows if not _untouched(row)]
    return RecordSheet([reader.read(row) for row in written], sheet, len(sheet.rows) - len(written))


def _untouched(row: Row) -> bool:
    """A row of the month's sheet that only says what is owed: nobody has written in it yet."""
    touched = {name for name, value in row.values.items() if value is not None}
    touched |= {fault.field for fault in row.faults if fault.reason.code != "value_missing"}
    return row["rules"] is not None and touched <= _PRINTED


def _table_of(data: bytes) -> Table:
    """A JSON list of objects as a table; keys are titles or names of columns."""
    text = gettext_noop('JSON 应为对象的列表：[{"企业名称": …, "日期": …}]。')
    try:
        rows = json.loads(data)
    except ValueError as error:
        raise Refusal("json_damaged", text) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refusal("json_damaged", text)
    keys = list(dict.fromkeys(key for row in rows for key in row))
    return Table("JSON", [keys, *([_cell(row.get(key)) for key in keys] for row in rows)])


def _cell(value: object) -> object:
    return "、".join(map(str, value)) if isinstance(value, list) else value


class _Reader:
    """Resolves enterprises, persons and obligations of rows; an obligation is met by one row only."""

    def __init__(self, sheet: RowSet, by: Actor, now: datetime) -> None:
        self.sheet, self.by, self.now, self.today = sheet, by, now, local_day(now)
        self.policy = policies.current()
        codes = {row.text("credit_code") for row in sheet.rows} - {""}
        names = {row.text("enterprise") for row in sheet.rows} - {""}
        self.by_code: dict[str, Any] = {}
        self.by_name: dict[str, dict[int, Any]] = defaultdict(dict)
        for firm in enterprises.named(by=by, codes=codes, names=names):
            self.by_code[firm.credit_code or ""] = firm
            self.by_name[firm.name][firm.id] = firm
        ids = {firm.id for firms in self.by_name.values() for firm in firms.values()}
        self.bound = spans_of(ids)
        self.open = _open_of(ids, self.today)
        places = {firm.place or 0 for firms in self.by_name.values() for firm in firms.values()}
        self.measures = grid.remote_measures(places, self.today - LOOK_BACK, self.today)
        self.seen: set[UUID] = set()
        self.taken: set[int] = set()
        self.recorded = _recorded(self._ids())

    def _ids(self) -> set[UUID]:
        found = {key for row in self.sheet.rows if (key := _number_of(row))}
        for row in self.sheet.rows:
            if (firm := self._firm(row)) is not None and row["date"] and row["form"]:
                found.add(_identity(firm.id, row))
        return found

    def read(self, row: Row) -> RecordPlan:
        plan = RecordPlan(row)
        plan.firm = self._firm(row)
        if plan.firm is None:
            known = row.text("credit_code") or row.text("enterprise")
            text = gettext_noop("没有找到企业“%(name)s”，或它不在您的网格内，或有同名企业而未填信用代码。")
            self._fault(row, "enterprise", "enterprise_unknown", text, name=known)
            return plan
        if not row.ok:
            return plan
        plan.day, plan.form = row["date"], Form(row["form"])
        plan.client_id = self._stated(plan) or _identity(plan.firm.id, row)
        if self._known(plan):
            return plan
        noon = datetime.combine(plan.day, time(12), SHANGHAI)
        plan.captured_at = credible_capture(noon, max(self.now, noon)).at
        if plan.day > self.today:
            self._fault(row, "date", "future", gettext_noop("日期还没有到。"))
        self._person(plan)
        self._duties(plan)
        if row.ok:
            self.taken.update(key for _, key, _ in plan.entries if key)
        return plan

    def _stated(self, plan: RecordPlan) -> UUID | None:
        """The record that the row names by its number; a record is withdrawn and made anew, never changed."""
        key = _number_of(plan.row)
        was = self.recorded.get(key) if key else None
        if was is None:
            return None
        if (was.enterprise_id, was.occurred_on, was.form) != (plan.firm.id, plan.day, plan.form):
            text = gettext_noop("这条记录已经登记，表中的改动不会采纳；要更正，请先撤回原记录再登记。")
            self._fault(plan.row, "record_id", "contact_fixed", text, fatal=False)
        return key

    def _firm(self, row: Row) -> Any:
        if code := row.text("credit_code"):
            return self.by_code.get(code)
        firms = self.by_name.get(row.text("enterprise"), {})
        return next(iter(firms.values())) if len(firms) == 1 else None

    def _known(self, plan: RecordPlan) -> bool:
        """Recorded already, or twice in this sheet; what was withdrawn is not recorded again by itself."""
        key = plan.client_id
        if key is None:
            return False
        was = self.recorded.get(key)
        if was is not None and was.void_at is not None:
            text = gettext_noop("这条记录已经撤回；确需登记的，请修改内容后再传。")
            self._fault(plan.row, "enterprise", "contact_void", text)
            return False
        plan.known = key in self.recorded or key in self.seen
        self.seen.add(key)
        return plan.known

    def _person(self, plan: RecordPlan) -> None:
        row, name, phone = plan.row, plan.row.text("person"), plan.row.text("phone")
        bound = [span for span in self.bound.get(plan.firm.id, ()) if span.holds(plan.day)]
        if name or phone:
            bound = [s for s in bound if (not name or s.name == name) and (not phone or s.phone in ("", phone))]
        people = list(dict.fromkeys(span.person for span in bound))
        if not people or (len(people) > 1 and name):
            text = gettext_noop("%(day)s 没有名为“%(name)s”的包保人负责这家企业。")
            self._fault(row, "person", "person_unknown", text, day=plan.day, name=name or phone or "–")
            return
        mine = self.by.person_id in people
        plan.person = int(self.by.person_id or 0) if mine and not name else people[0]
        if plan.person != self.by.person_id and not self.by.has(Role.OFFICE, Role.LEADER):
            text = gettext_noop("只能登记本人的履职；代录请由办公室或网格长进行。")
            self._fault(row, "person", "not_yours", text)

    def _duties(self, plan: RecordPlan) -> None:
        rules = self._rules(plan)
        plan.remote = measure_for(self.measures, plan.firm.place or 0, plan.day) is not None
        fixed = [rule for rule in rules if period_kind(rule) is not None]
        found = self._bundle(plan, fixed)
        alone = [rule for rule in rules if not rule.bundle]
        if alone and len(rules) > 1:
            text = gettext_noop("“%(rule)s”须单独登记，请另起一行。")
            self._fault(plan.row, "rules", "duty_alone", text, rule=alone[0].short)
        if not rules and not plan.row.text("note"):
            text = gettext_noop("没有填规定的，请填写内容。")
            self._fault(plan.row, "note", "nothing_recorded", text)
        for rule in rules:
            if rule in fixed and rule.code not in found:
                continue
            if rule not in fixed and not (fits := form_fits(rule, plan.form, plan.form is Form.ON_SITE, plan.remote)):
                self._reason(plan.row, "form", fits.reasons[0])
            answers = self._answers(plan, rule)
            plan.entries.append((rule, found.get(rule.code), answers))
            self._judge(plan, rule, answers)

    def _rules(self, plan: RecordPlan) -> list[DutyRule]:
        rules = {rule.code: rule for rule in self.policy.duty_rules(plan.day)}
        if plan.row["rules"] is not None:
            return [rules[code] for code in plan.row["rules"] if code in rules]
        presumed = [rule for rule in rules.values() if not rule.bundle and form_fits(rule, plan.form, False)]
        if presumed and not plan.row.text("note"):
            text = gettext_noop("没有填规定，按“%(rule)s”登记。")
            self._fault(plan.row, "rules", "rule_presumed", text, fatal=False, rule=presumed[0].short)
        return presumed[:1]

    def _bundle(self, plan: RecordPlan, rules: Sequence[DutyRule]) -> dict[str, int]:
        """The obligation that each rule of the row meets, and a fault for each that meets none."""
        codes = {rule.code for rule in rules}
        wanted = [each for each in self.open.get(plan.firm.id, ())
                  if each.rule.code in codes and each.obligation not in self.taken]  # fmt: skip
        on_site = plan.form not in (Form.CALL, Form.VIDEO)
        sorted_ = bundle(wanted, plan.form, on_site, plan.day, plan.remote)
        found = {each.rule.code: each for each in (*sorted_.together, *sorted_.alone)}
        why = {each.rule.code: reason for each, reason in reversed(sorted_.unfit) if reason.code != "duty.once"}
        for rule in rules:
            if rule.code in found:
                self._late(plan, found[rule.code])
            elif rule.code in why:
                self._reason(plan.row, "rules", why[rule.code])
            else:
                text = gettext_noop("没有待办的“%(rule)s”：可能已由其他记录完成，或当时不应履行。")
                self._fault(plan.row, "rules", "duty_settled", text, rule=rule.short)
        return {code: each.obligation for code, each in found.items()}

    def _late(self, plan: RecordPlan, found: Candidate) -> None:
        miss = self.miss[found.obligation]
        made = plan.captured_at or self.now
        if plan.row["late_reason"] is None and timeliness(plan.day, made, self.now, found.due, miss).late:
            text = gettext_noop("“%(rule)s”已过截止日 %(due)s，请填写逾期原因。")
            self._fault(plan.row, "late_reason", "duty.late.reason", text, rule=found.rule.short, due=found.due)

    @property
    def miss(self) -> dict[int, date]:
        return self.open.miss

    def _answers(self, plan: RecordPlan, rule: DutyRule) -> dict[str, str]:
        """From the rule's own columns; what is only words may stand in 内容; who was met follows from the name."""
        given = {answer.code: self._given(plan, answer) for answer in rule.answers}
        if given.get("problems") and not given.get("problems_raised"):
            given["problems_raised"] = "yes"
        return {code: value for code, value in given.items() if value}

    def _given(self, plan: RecordPlan, answer: Answer) -> str:
        row, name = plan.row, f"answer_{answer.code}"
        value = row[name]
        if value is not None:
            return _plain(value)
        if answer.kind in (AnswerKind.TEXT, AnswerKind.LONG_TEXT):
            if (said := self._raw(row, name)) in NONE_WORDS:
                return said
            return row.text("note") if answer.required else ""
        if answer.code == "with_whom" and row["contact"] is not None:
            who = {plan.firm.principal: "principal", plan.firm.safety_officer: "safety_officer"}
            return who.get(row.text("contact"), "other")
        return ""

    def _raw(self, row: Row, name: str) -> str:
        column = self.sheet.header.column(name)
        cells = self.sheet.table.rows[row.line - 1]
        return str(cells[column]).strip() if column is not None and column < len(cells) else ""

    def _judge(self, plan: RecordPlan, rule: DutyRule, answers: dict[str, str]) -> None:
        """Missing answers are to be filled; those with which a duty cannot count are kept, with a warning."""
        if decisive := decisive_answers(rule, answers):
            self._reason(plan.row, "rules", decisive[0], fatal=False)
            return
        told = {fault.field for fault in plan.row.faults}
        for reason in missing_answers(rule, answers):
            if (name := f"answer_{reason.params['answer']}") not in told:
                self._reason(plan.row, name, reason)

    def _fault(self, row: Row, name: str, code: str, text: str, /, *, fatal: bool = True, **params: Any) -> None:
        self._reason(row, name, Reason(code, text, params), fatal=fatal)

    def _reason(self, row: Row, name: str, reason: Reason, *, fatal: bool = True) -> None:
        row.faults.append(CellFault(name, self.sheet.header.column(name), reason, fatal))


class _Open(dict[int, list[Candidate]]):
    """Open obligations by enterprise, with the day from which each is missed."""

    def __init__(self) -> None:
        super().__init__()
        self.miss: dict[int, date] = {}


def _open_of(ids: Iterable[int], today: date) -> _Open:
    found, policy, wanted = _Open(), policies.current(), sorted(ids)
    for start in range(0, len(wanted), 500):
        rows = Obligation.objects.filter(
            OPEN, enterprise_id__in=wanted[start : start + 500], start__lte=today, due__gte=today - LOOK_BACK
        )
        for firm, key, rule, first, due, miss in rows.values_list(
            "enterprise_id", "id", "rule", "start", "due", "miss"
        ):
            found.setdefault(firm, []).append(Candidate(key, policy.duty_rule(rule, first), first, due))
            found.miss[key] = miss
    return found


def _recorded(ids: Iterable[UUID]) -> dict[UUID, Contact]:
    """Records that are here already, by client id."""
    found: dict[UUID, Contact] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), 500):
        rows = Contact.objects.filter(client_id__in=wanted[start : start + 500])
        rows = rows.only("client_id", "void_at", "enterprise_id", "occurred_on", "form")
        found.update({row.client_id: row for row in rows})
    return found


def _identity(firm: int, row: Row) -> UUID:
    """The same row gives the same id on whatever line and day it is sent: re-upload is idempotent."""
    said = {name: _plain(value) for name, value in row.values.items() if value is not None}
    said = {key: value for key, value in said.items() if key not in ("enterprise", "credit_code", "record_id")}
    return uuid5(NAMESPACE_URL, json.dumps([firm, said], sort_keys=True, ensure_ascii=False))


def _number_of(row: Row) -> UUID | None:
    """The number that a month's sheet carries for what is recorded."""
    try:
        return UUID(row.text("record_id"))
    except ValueError:
        return None


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)
