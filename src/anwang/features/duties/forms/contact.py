"""The contact page: what happened, which duties it meets, and what each of them asks — each thing once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Reason
from anwang.domain.duties.counting import REMOTE_FORMS, answers_needed, decisive_answers, missing_answers
from anwang.domain.duties.rules import FORM_LABELS, Answer, AnswerKind, Form
from anwang.domain.duties.timing import credible_capture, timeliness
from anwang.web.asked import number
from anwang.web.fields import DAY, day_input
from anwang.web.reasons import words

from ..actions import ContactData, Entry
from ..queries import Desk, Option

YES_NO = [("yes", _("是")), ("no", _("否"))]


@dataclass(frozen=True, slots=True)
class Posted:
    """What decides which duties can be ticked, read before the form itself: form, place, day, duties."""

    form: Form
    on_site: bool
    occurred_on: date
    ticked: tuple[str, ...] = ()
    wanted: int | None = None

    @classmethod
    def read(cls, data: Any, today: date) -> Posted:
        """From what was sent; anything unreadable falls back to a call today."""
        form = read_form(data.get("form", ""))
        # A box that was not on the page has not been left empty: off the telephone, on site is the rule.
        on_site = "on_site" in data or "on_site_asked" not in data
        return cls(form, on_site and form not in REMOTE_FORMS, read_day(data.get("occurred_on", ""), today),
                   tuple(data.getlist("duty")), number(data.get("wanted", "")))  # fmt: skip


def read_form(text: str) -> Form:
    """The form of a contact, a call when there is none of this name."""
    return Form(text) if text in set(Form) else Form.CALL


def read_day(text: str, today: date) -> date:
    """An ISO day, else today."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return today


class ContactForm(forms.Form):
    """Fixed questions, then those of the duties ticked (`desk` says which can be ticked)."""

    form = forms.ChoiceField(label=_("形式"), choices=[(form.value, _(label)) for form, label in FORM_LABELS.items()])
    occurred_on = forms.DateField(
        label=_("日期"), widget=day_input(),
        error_messages=DAY,
    )  # fmt: skip
    on_site = forms.BooleanField(label=_("在企业现场"), required=False)
    with_whom = forms.CharField(label=_("企业参加人"), max_length=120, required=False)
    note = forms.CharField(
        label=_("情况记录"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    place = forms.CharField(label=_("地点（选填）"), max_length=120, required=False)
    late_reason = forms.CharField(label=_("逾期原因"), max_length=200, required=False)
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.CharField(widget=forms.HiddenInput, required=False, max_length=6)
    captured_at = forms.CharField(widget=forms.HiddenInput, required=False)
    sent_at = forms.CharField(widget=forms.HiddenInput, required=False)
    duty = forms.MultipleChoiceField(required=False, label=_("办理的职责"))

    def __init__(
        self, *args: Any, desk: Desk, now: datetime, today: date, made: datetime | None = None, **kwargs: Any
    ) -> None:
        """`now` is when the record arrives or arrived, `made` when it was made, as far as that is believed."""
        super().__init__(*args, **kwargs)
        self.desk, self.now, self.today, self.made = desk, now, today, made or now
        self.fields["duty"].choices = _choices(desk)  # type: ignore[attr-defined]
        self.fields["occurred_on"].widget.attrs["max"] = today.isoformat()
        ticked = list(self.data.getlist("duty")) if self.is_bound else list(self.initial.get("duty", ()))  # type: ignore[attr-defined]
        self.chosen: list[Option] = desk.chosen(ticked)
        self.late = [option for option in self.chosen if self._is_late(option)]
        self.asked = answers_needed(option.rule for option in self.chosen)
        for answer in self.asked:
            self.fields[name_of(answer)] = _field(answer)

    def _is_late(self, option: Option) -> bool:
        row = option.row
        return row is not None and timeliness(self.desk.occurred_on, self.made, self.now, row.due, row.miss).late

    def questions(self) -> list[tuple[Answer, forms.BoundField]]:
        """The questions of the duties ticked, with their fields."""
        return [(answer, self[name_of(answer)]) for answer in self.asked]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day = data.get("occurred_on")
        if day and day > self.today:
            self.add_error("occurred_on", gettext("日期还没有到"))
        if not self.chosen and not data.get("note") and "duty" not in self.errors:
            self.add_error("duty", gettext("请勾选办理的职责；都没有办的，请写情况记录"))
        alone = [option for option in self.chosen if option.alone]
        if alone and len(self.chosen) > 1:
            text = gettext("“%(rule)s”须单独登记，请分两次登记")
            self.add_error("duty", text % {"rule": gettext(alone[0].rule.short)})
        if self.late and not data.get("late_reason"):
            self.add_error("late_reason", gettext("已过截止日，请写明原因"))
        self._ask(data)
        return data

    def _ask(self, data: Mapping[str, Any]) -> None:
        """What is missing goes to its field; an answer with which a duty cannot count is kept as it is."""
        answers = self.answers(data)
        for option in self.chosen:
            if not decisive_answers(option.rule, answers):
                for reason in missing_answers(option.rule, answers):
                    self._blame(reason)

    def _blame(self, reason: Reason) -> None:
        name = f"answer_{reason.params['answer']}"
        if name not in self.errors:
            self.add_error(name, words(reason))

    def answers(self, data: Mapping[str, Any]) -> dict[str, str]:
        """Answers by code, as the domain reads them."""
        given = {answer.code: data.get(name_of(answer)) for answer in self.asked}
        return {code: _plain(value) for code, value in given.items() if value not in (None, "")}

    def record(self, *, enterprise: int, person: int, channel: str, safety_officer: str) -> ContactData:
        """What the action takes, from a valid form."""
        data, answers = self.cleaned_data, self.answers(self.cleaned_data)
        entries = tuple(
            Entry(option.rule.code, option.row.id if option.row else None,
                  {a.code: answers[a.code] for a in option.rule.answers if a.code in answers})
            for option in self.chosen
        )  # fmt: skip
        whom = safety_officer if answers.get("with_whom") == "safety_officer" and safety_officer else data["with_whom"]
        return ContactData(
            client_id=UUID(str(data["client_id"])), enterprise=enterprise, person=person, form=self.desk.form,
            occurred_on=data["occurred_on"], entries=entries, on_site=self.desk.on_site, with_whom=whom,
            reached=answers.get("reached") != "no", place=data["place"], note=data["note"],
            late_reason=data["late_reason"] if self.late else "", channel=channel,
            captured_at=instant(data["captured_at"]), sent_at=instant(data["sent_at"]),
        )  # fmt: skip


def _choices(desk: Desk) -> list[tuple[str, str]]:
    """The options, each by its value; those of the day also by their rule."""
    known = [(option.value, option.rule.title) for option in desk.options]
    by_rule = [each for each in desk.options if each.named_by(each.rule.code, desk.occurred_on)]
    return known + [(each.rule.code, each.rule.title) for each in by_rule if each.row]


def name_of(answer: Answer) -> str:
    """The field of a question; questions that several rules share have one."""
    return f"answer_{answer.code}"


def instant(text: str) -> datetime | None:
    """The device's clock, or None when it says nothing that can be read."""
    try:
        found = parse_datetime(text.strip())
    except ValueError:
        return None
    return found if found and found.tzinfo and 1970 <= found.year <= 2200 else None


def made_at(data: Any, now: datetime) -> datetime:
    """When a record was made by the clock of the device that sends it, as far as that can be believed."""
    return credible_capture(instant(data.get("captured_at", "")), now, instant(data.get("sent_at", ""))).at


def _field(answer: Answer) -> forms.Field:
    shared: dict[str, Any] = {"label": gettext(answer.label), "help_text": gettext(answer.help) if answer.help else ""}
    shared["required"] = False
    match answer.kind:
        case AnswerKind.YES_NO:
            return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **shared)
        case AnswerKind.CHOICE:
            choices = [(code, gettext(label)) for code, label in answer.choices]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **shared)
        case AnswerKind.DATE:
            widget = day_input()
            return forms.DateField(widget=widget, error_messages={"invalid": _("日期应写成 2026-11-24")}, **shared)
        case AnswerKind.COUNT:
            number = forms.NumberInput(attrs={"inputmode": "numeric", "min": 0})
            return forms.IntegerField(min_value=0, max_value=999999999, widget=number, **shared)
        case AnswerKind.LONG_TEXT:
            return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), **shared)
        case AnswerKind.TEXT:
            return forms.CharField(max_length=200, **shared)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
