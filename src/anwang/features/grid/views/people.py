"""People: the list, the page of one, by hand."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.domain.base import Refusal, Role
from anwang.features.accounts import actions as accounts
from anwang.features.accounts.actions import PersonData
from anwang.web.asked import page_size
from anwang.web.requests import Request

from .. import actions, queries
from ..forms import PersonFilter, PersonForm, PostForm, ReasonForm, say
from ..permissions import KEEPERS
from .form_page import form_page
from .posts import post_data


def listing(request: Request) -> HttpResponse:
    """People of the territory, filtered by the address."""
    chosen = PersonFilter(request.GET, actor=request.actor, on=request.today)
    size = page_size(request)
    page = Paginator(chosen.qs, size).get_page(request.GET.get("page"))
    rows = queries.person_lines(list(page.object_list), request.actor, on=request.today)
    context = {
        "filter": chosen,
        "page": page,
        "rows": rows,
        "may_keep": request.actor.has(*KEEPERS),
        "may_export": request.actor.has(Role.OFFICE, Role.LEADER),
        "is_office": request.actor.has(Role.OFFICE),
        "page_clause": "二.2",
    }
    return render(request, "grid/person_list.html", context)


def _person(request: Request, person_id: int) -> Any:
    person = queries.person_for(request.actor, person_id)
    if person is None:
        raise Http404
    return person


def person(request: Request, person_id: int) -> HttpResponse:
    """One person: posts with dates, lines of command, sign-in."""
    row = _person(request, person_id)
    history = queries.post_history(person_id, request.actor)
    held = [post.id for post, _name in history if post.valid_to is None]
    lines = queries.duties_of_posts(held)
    called = queries.names([line.unit for line in lines["leaders"] + lines["sponsors"]])
    context = {
        "person": row,
        "user_of_person": getattr(row, "user", None),
        "history": history,
        "leads": [(line, called.get(line.unit, "")) for line in lines["leaders"]],
        "sponsors": [(line, called.get(line.unit, "")) for line in lines["sponsors"]],
        "may_keep": request.actor.has(*KEEPERS),
        "may_give": request.actor.has(Role.SYSTEM_ADMIN),
        "may_look_back": request.actor.has(Role.LEADER, Role.OFFICE),
        "page_clause": "二.2",
    }
    return render(request, "grid/person.html", context)


def add(request: Request) -> HttpResponse:
    """A person with the first post: nobody is known without one."""
    person_form = PersonForm(request.POST or None)
    start = {"valid_from": request.today, "unit": request.GET.get("unit", ""), "is_supervisor": True}
    post_form = PostForm(request.POST or None, actor=request.actor, on=request.today, initial=start)
    if request.method == "POST" and person_form.is_valid() and post_form.is_valid():
        try:
            made = _create(request, person_form.cleaned_data, post_form.cleaned_data)
        except Refusal as refusal:
            post_form.add_error(None, say(refusal))
        else:
            return redirect("person", made)
    status = 422 if request.method == "POST" else 200
    context = {"person_form": person_form, "post_form": post_form, "page_clause": "二.2"}
    return render(request, "grid/person_add.html", context, status=status)


def _create(request: Request, person_data: dict[str, Any], data: dict[str, Any]) -> int:
    person_id, _post_id = actions.add_person(
        by=request.actor, now=request.now, person=PersonData(**person_data), post=post_data(data, 0)
    )
    return person_id


def edit(request: Request, person_id: int) -> HttpResponse:
    """Correct a name or phones. An empty phone keeps the one known."""
    row = _person(request, person_id)
    form = PersonForm(request.POST or None, initial={"name": row.name, "office_phone": row.office_phone})
    form.fields["phone"].help_text = _("现有 %(phone)s；留空则不变") % {"phone": row.masked_phone or "—"}

    def act() -> None:
        data = PersonData(**(form.cleaned_data | {"phone": form.cleaned_data["phone"] or row.phone}))
        accounts.change_person(by=request.actor, now=request.now, person_id=person_id, data=data)

    back, title = reverse("person", args=[person_id]), _("更正：%(name)s") % {"name": row.name}
    return form_page(request, form, act, title=title, back=back, submit=_("保存"), done=_("已更正。"))


def phone(request: Request, person_id: int) -> HttpResponse:
    """The phone in clear, after a reason, which the trail keeps."""
    row = _person(request, person_id)
    form, number = ReasonForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        number = accounts.unmask_phone(
            by=request.actor, now=request.now, person_id=person_id, reason=form.cleaned_data["reason"]
        )  # fmt: skip
    context = {"person": row, "form": form, "number": number}
    if request.htmx:
        return render(request, "grid/person.html#contact", context)
    return render(request, "grid/phone.html", context)
