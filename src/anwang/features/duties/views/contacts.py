"""Recording a contact, reading it, withdrawing it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from anwang.domain.base import Refusal, Role, insist
from anwang.domain.calendar import local_day
from anwang.domain.duties.rules import FORM_LABELS
from anwang.features.accounts import queries as accounts
from anwang.features.assignments import queries as assignments
from anwang.features.enterprises import queries as enterprises
from anwang.web.asked import number, page_size
from anwang.web.requests import Request, is_program

from .. import actions, permissions, queries
from ..forms import ContactForm, Posted, ReasonForm
from ..forms.contact import made_at, read_day, read_form
from ..queries.options import coming
from . import answers
from .photos import tell

PAPER, WEB = "paper", "web"


def contact_new(request: Request) -> HttpResponse:
    """The page that ticks several duties at once; a plain form, kept on the device without a network."""
    firm = _firm(request)
    person = _responsible(request, firm.id)
    if request.method == "POST":
        return _record(request, firm, person)
    posted = _asked(request)
    desk = _desk(request, firm, posted)
    initial = {
        "form": posted.form, "occurred_on": posted.occurred_on, "on_site": True, "duty": _ticked(request, desk, posted),
        "with_whom": firm.principal, "answer_with_whom": "principal",
        # A page of warning-education material sends its title along.
        "answer_education_content": request.GET.get("education_content", "")[:200],
        "client_id": _identity(request), "channel": request.GET.get("channel", ""),
    }  # fmt: skip
    form = ContactForm(initial=initial, desk=desk, now=request.now, today=local_day(request.now))
    return render(request, "duties/contact_new.html", _context(request, firm, person, form, posted))


def _identity(request: Request) -> UUID:
    """The key of the record: a sheet of paper brings its own, so that it is recorded once."""
    try:
        return UUID(request.GET.get("client_id", ""))
    except ValueError:
        return uuid4()


@require_POST
def contact_duties(request: Request) -> HttpResponse:
    """The part of the page that another form, day or duty changes; nothing is recorded."""
    firm = _firm(request)
    posted = Posted.read(request.POST, local_day(request.now))
    form = _refreshed(request, firm, posted)
    context = _context(request, firm, _responsible(request, firm.id), form, posted)
    return render(request, "duties/contact_new.html#duties", context)


def _firm(request: Request) -> Any:
    key = number(request.GET.get("enterprise", ""))
    firm = enterprises.find(key, by=request.actor) if key else None
    if firm is None:
        raise Http404
    return firm


def _responsible(request: Request, enterprise: int) -> Any:
    """Who did it: the supervisor who is signed in, else the lead for whom the office enters a paper record."""
    actor, today = request.actor, local_day(request.now)
    person = actor.person_id or 0
    if request.method == "POST":
        worked = read_day(request.POST.get("occurred_on", ""), today)
        today = permissions.day_to_judge(person, enterprise, worked, today)
    if not assignments.is_bound(person, enterprise, on=today) and actor.has(Role.OFFICE, Role.LEADER):
        lead = assignments.leads(on=today, enterprises=[enterprise]).get(enterprise)
        if lead is None:
            raise Refusal("no_lead", _("这家企业还没有主包保人，先在“包保分配”中确定，再登记履职。"))
        person = lead.person_id
    insist(permissions.may_record(actor, person, enterprise, True, today))
    return accounts.person(person)


def _asked(request: Request) -> Posted:
    """The form that the link asks for, else the first one of the duty wanted."""
    today, wanted = local_day(request.now), number(request.GET.get("obligation", ""))
    row = queries.find(wanted, by=request.actor) if wanted else None
    shown = queries.shown([row], today) if row else []
    form = request.GET.get("form") or (shown[0].form if shown else "")
    return Posted.read(_Query({"form": form, "wanted": str(row.id) if row else ""}), today)


class _Query(dict[str, str]):
    """A link's questions in the shape of a form's data."""

    def getlist(self, key: str) -> list[str]:
        return [self[key]] if key in self else []


def _desk(request: Request, firm: Any, posted: Posted, known: Any = None) -> queries.Desk:
    return queries.desk(
        firm.id, day=local_day(request.now), place=firm.place, form=posted.form, on_site=posted.on_site,
        occurred_on=posted.occurred_on, wanted=posted.wanted, again=known.id if known else None,
    )  # fmt: skip


def _ticked(request: Request, desk: queries.Desk, posted: Posted) -> list[str]:
    """The duty that was asked for; without one, those that go on a record of their own, else all that are urgent."""
    rules = [code for code in request.GET.get("rule", "").split(",") if code]
    if posted.wanted or rules:
        found = [each for each in desk.options if each.value == str(posted.wanted) or each.rule.code in rules]
        # A stop of a plan names several rules: those that one record may carry are ticked together.
        together = [each.value for each in found if not each.alone]
        return together if len(rules) > 1 else [each.value for each in found][:1]
    alone = [option.value for option in desk.options if option.alone]
    return alone[:1] or [each.value for each in desk.options if each.row and each.row.light in ("red", "yellow")]


def _refreshed(request: Request, firm: Any, posted: Posted) -> ContactForm:
    """What was typed, shown again with the duties that now can be ticked; no field is judged yet."""
    initial: dict[str, Any] = {key: request.POST.get(key, "") for key in request.POST if key != "duty"}
    initial |= {"duty": posted.ticked, "on_site": posted.on_site, "client_id": request.POST.get("client_id") or uuid4()}
    desk = _desk(request, firm, posted)
    if not desk.chosen(list(posted.ticked)):
        initial["duty"] = [option.value for option in desk.options if option.alone][:1]
    initial.setdefault("answer_with_whom", "principal")
    return ContactForm(initial=initial, desk=desk, now=request.now, today=local_day(request.now))


def _record(request: Request, firm: Any, person: Any) -> HttpResponse:
    if refused := answers.large(request):
        return refused
    posted = Posted.read(request.POST, local_day(request.now))
    if "refresh" in request.POST:
        form = _refreshed(request, firm, posted)
        return render(request, "duties/contact_new.html", _context(request, firm, person, form, posted))
    known = queries.contact_by_client(request.POST.get("client_id", ""), by=request.actor)
    desk = _desk(request, firm, posted, known)
    now = known.received_at if known else request.now
    made = known.captured_at if known else made_at(request.POST, now)
    form = ContactForm(request.POST, desk=desk, now=now, today=local_day(request.now), made=made)
    if not form.is_valid():
        return _faulty(request, firm, person, form, posted)
    own = person.id == request.actor.person_id and request.POST.get("channel") != PAPER
    channel = WEB if own else PAPER
    data = form.record(
        enterprise=firm.id, person=person.id, channel=channel, safety_officer=firm.safety_officer
    )  # fmt: skip
    try:
        recorded = actions.record_contact(by=request.actor, now=request.now, data=data)
    except Refusal as refusal:
        if known is None or refusal.code != "record_differs" or not is_program(request):
            raise
        return answers.differs(refusal, known, data)
    return _recorded(request, recorded)


def _recorded(request: Request, recorded: actions.Recorded) -> HttpResponse:
    photos = list(answers.sent_photos(request, recorded.contact.id))
    if not recorded.again:
        _say(request, recorded)
    if is_program(request):
        return answers.taken(recorded.contact, recorded.again, photos)
    tell(request, [each for each in photos if each["status"] == "refused"])
    return redirect("contact_detail", recorded.contact.id)


def _faulty(request: Request, firm: Any, person: Any, form: ContactForm, posted: Posted) -> HttpResponse:
    """What is missing, at its field; the page keeps everything. A program gets the first sentence."""
    if is_program(request):
        first = next(iter(form.errors.values()))[0]
        return JsonResponse({"code": "invalid", "message": first, "errors": form.errors}, status=422)
    return render(request, "duties/contact_new.html", _context(request, firm, person, form, posted), status=422)


def _say(request: Request, recorded: Any) -> None:
    undo = "undo:" + reverse("contact_undo", args=[recorded.contact.id])
    failed = [decision for _entry, decision in recorded.outcomes if not decision]
    if failed:
        why = queries.sentence(failed[0].reasons[0])
        text = _("已保存记录，但有 %(n)s 项不计为完成：%(why)s") % {"n": len(failed), "why": why}
        messages.warning(request, text, undo)
    elif recorded.counted:
        text = ngettext("已登记，完成 %(n)s 项职责。", "已登记，完成 %(n)s 项职责。", recorded.counted)
        messages.success(request, text % {"n": recorded.counted}, undo)
    else:
        messages.success(request, _("已登记。"), undo)


def _context(request: Request, firm: Any, person: Any, form: ContactForm, posted: Posted) -> dict[str, Any]:
    return {
        "firm": firm, "person": person, "form": form, "desk": form.desk, "posted": posted,
        "other": person.id != request.actor.person_id, "forms": list(FORM_LABELS.items()), "page_clause": "三.3",
        "chosen": [option.value for option in form.chosen], "today": local_day(request.now),
        "spare": lambda: _spare(request, form),
    }  # fmt: skip


def _spare(request: Request, form: ContactForm) -> dict[str, Any]:
    """Every question of the page's form and the duties of coming periods, for a phone that cannot ask us (B9)."""
    desk, today = form.desk, local_day(request.now)
    later = coming(today, desk.form, desk.on_site)
    unknown = tuple(queries.Option(each.rule.code, each.rule, None, False) for each in later)
    every = replace(desk, options=(*desk.options, *unknown))
    initial = {"duty": [option.value for option in every.options], "answer_with_whom": "principal"}
    return {"form": ContactForm(initial=initial, desk=every, now=request.now, today=today), "coming": later}


def contact_list(request: Request) -> HttpResponse:
    """Records of the territory, of one enterprise or of one person, newest first."""
    enterprise, person = number(request.GET.get("enterprise", "")), number(request.GET.get("person", ""))
    firm = enterprises.find(enterprise, by=request.actor) if enterprise else None
    if enterprise and firm is None:
        raise Http404
    actor = request.actor
    if person is None and firm is None and actor.roles <= {Role.SUPERVISOR}:
        person = actor.person_id
    rows = queries.contacts(by=actor, enterprise=enterprise, person=person)
    asked = request.GET.get("form", "")
    rows = rows.filter(form=read_form(asked)) if asked else rows
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    who = accounts.person(person) if person and (page.paginator.count or person == actor.person_id) else None
    context = {
        "page": page, "rows": queries.with_rules(page.object_list), "firm": firm, "who": who,
        "forms": list(FORM_LABELS.items()), "asked": asked, "own": person == actor.person_id, "page_clause": "三.3",
    }  # fmt: skip
    return render(request, "duties/contact_list.html", context)


def contact_detail(request: Request, contact_id: int) -> HttpResponse:
    """One record: what happened, what it met and, where it does not count, why."""
    row = queries.contact(contact_id, by=request.actor)
    if row is None:
        raise Http404
    may_void = row.void_at is None and bool(permissions.may_void(request.actor, row.person_id))
    context = {"row": row, "outcomes": queries.outcomes_of(row), "may_void": may_void, "form": ReasonForm(),
               "photos": queries.photos_of(row), "may_add": answers.may_add(request, row),
               "clock": queries.clock_of(row),
               "may_record": request.actor.has(*permissions.FIELD), "measure": queries.measure_of(row),
               "notices": queries.visit_notices(row), "page_clause": "三.3"}  # fmt: skip
    return render(request, "duties/contact_detail.html", context)


@require_POST
def contact_void(request: Request, contact_id: int) -> HttpResponse:
    """Withdraw with a reason."""
    if queries.contact(contact_id, by=request.actor) is None:
        raise Http404
    reason = request.POST.get("reason", "")
    actions.void_contact(by=request.actor, now=request.now, contact_id=contact_id, reason=reason)
    messages.success(request, _("已撤回这条记录，所涉职责恢复为未完成。"))
    return redirect("contact_detail", contact_id)


@require_POST
def contact_undo(request: Request, contact_id: int) -> HttpResponse:
    """撤销 right after recording."""
    if queries.contact(contact_id, by=request.actor) is None:
        raise Http404
    actions.void_contact(by=request.actor, now=request.now, contact_id=contact_id, reason=_("登记后撤销"))
    messages.success(request, _("已撤销登记。"))
    return redirect("contact_detail", contact_id)
