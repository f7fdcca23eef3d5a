"""一企一档: one enterprise, by hand."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.adapters.crypto.fields import masked
from anwang.domain.base import Refusal
from anwang.domain.grid.coordinates import System
from anwang.web.requests import Request

from .. import actions, queries
from ..forms import EnterpriseForm, MoveForm, ReasonForm, StatusForm
from ..forms.fields import say
from ..models import Enterprise
from ..permissions import KEEPERS, may_keep
from ..queries import page as reads
from ..queries.industries import gbt_name
from ..queries.worklists import undoable
from .form_page import form_page, told

PHONES = ("principal_phone", "safety_phone")


def found(request: Request, enterprise_id: int) -> Enterprise:
    """The enterprise inside the territory, else 404."""
    row = queries.find(enterprise_id, by=request.actor)
    if row is None:
        raise Http404
    return row


def kept(request: Request, enterprise_id: int) -> Enterprise:
    """The enterprise when the actor keeps it, else 404."""
    row = found(request, enterprise_id)
    if not may_keep(request.actor, row.place):
        raise Http404
    return row


def address_of(row: Enterprise) -> str:
    return reverse("enterprise", args=[row.id])


def enterprise(request: Request, enterprise_id: int) -> HttpResponse:
    """Facts, risk, grade with its reasons, history."""
    row = found(request, enterprise_id)
    fact = reads.grade_now(row.id)
    may = bool(may_keep(request.actor, row.place))
    acts = reads.changes_of(row) if may else []
    context = {
        "row": row,
        "line": queries.lines([row])[0],
        "points": reads.point_lines(row.id, request.today),
        "removed": reads.removed_points(row.id),
        "grade": fact,
        "reasons": reads.reasons(fact),
        "gbt": row.gbt_name or gbt_name(row.gbt_code),
        "history": reads.history(row.id),
        "changes": [(act, act.user_id == request.actor.user_id and undoable(act, request.now)) for act in acts],
        "may_keep": may,
        "own": bool(request.actor.territory.enterprises),
        "phones": {name: masked(getattr(row, name)) for name in PHONES},
        "may_list": request.actor.has(*KEEPERS) or not request.actor.territory.enterprises,
        "page_clause": "二.1",
    }
    return render(request, "enterprises/page.html", context)


def phone(request: Request, enterprise_id: int) -> HttpResponse:
    """The phones in clear, after a reason, which the trail keeps."""
    row = found(request, enterprise_id)
    form, numbers = ReasonForm(request.POST or None), ("", "")
    if request.method == "POST" and form.is_valid():
        numbers = actions.unmask_phones(
            by=request.actor, now=request.now, enterprise_id=row.id, reason=form.cleaned_data["reason"]
        )
    context = {"row": row, "form": form, "shown": any(numbers), "page_clause": "二.1",
               "phones": dict(zip(PHONES, numbers, strict=True)) if any(numbers) else
               {name: masked(getattr(row, name)) for name in PHONES}}  # fmt: skip
    return render(request, "enterprises/page.html#contacts" if request.htmx else "enterprises/phone.html", context)


def add(request: Request) -> HttpResponse:
    """A new enterprise by hand."""
    form = EnterpriseForm(request.POST or None, actor=request.actor, on=request.today, new=True,
                          initial={"managing": "local"})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = actions.EnterpriseData(form.values(), form.cleaned_data["unit"].code)
        try:
            made = actions.register(by=request.actor, now=request.now, on=request.today, rows=[data])[0]
        except Refusal as refusal:
            form.add_error(None, say(refusal))
        else:
            told(request, made.last_change, _("已登记“%(name)s”，请接着登记风险点。") % {"name": made.name})
            return redirect("enterprise", made.id)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "title": _("登记企业"), "back": reverse("enterprise_list"), "submit": _("登记"),
               "page_clause": "二.1"}  # fmt: skip
    return render(request, "enterprises/form.html", context, status=status)


def edit(request: Request, enterprise_id: int) -> HttpResponse:
    """Correct what is stated; status, place and grade have their own pages because they are dated."""
    row = kept(request, enterprise_id)
    names = [name for name in EnterpriseForm.base_fields if name not in (*PHONES, "gbt")]
    initial = {name: getattr(row, name, None) for name in names} | {"gbt": row.gbt_code or row.gbt_name}
    initial["coordinates"] = System.WGS84.value if row.coordinates else ""  # they are kept in this system
    form = EnterpriseForm(request.POST or None, actor=request.actor, on=request.today, initial=initial)

    def act() -> Any:
        return actions.correct(
            by=request.actor, now=request.now, enterprise_id=row.id, values=_stated(form.values(), row)
        )

    return form_page(request, form, act, title=_("更正资料"), sub=row.name, back=address_of(row), submit=_("保存"),
                     done=_("已更正“%(name)s”。") % {"name": row.name})  # fmt: skip


def _stated(values: dict[str, Any], row: Enterprise) -> dict[str, Any]:
    """Without the phones left blank; the industry of before when none was chosen."""
    found = {name: value for name, value in values.items() if not (name in PHONES and not value)}
    if not found.get("industry"):
        found.pop("industry", None)
    return found


def status(request: Request, enterprise_id: int) -> HttpResponse:
    """Open, suspend, close."""
    row = kept(request, enterprise_id)
    form = StatusForm(request.POST or None, now=row.status, initial={"on": request.today})

    def act() -> Any:
        return actions.set_status(by=request.actor, now=request.now, enterprise_id=row.id, **form.cleaned_data)

    note = _("停产、关闭的企业不再需要包保；已开展的履职记录保留。复工、重新开业后恢复。")
    return form_page(request, form, act, title=_("变更经营状态"), sub=row.name, back=address_of(row), submit=_("变更"),
                     done=_("已变更“%(name)s”的经营状态。") % {"name": row.name}, note=note)  # fmt: skip


def move(request: Request, enterprise_id: int) -> HttpResponse:
    """To another unit."""
    row = kept(request, enterprise_id)
    form = MoveForm(request.POST or None, actor=request.actor, on=request.today, initial={"on": request.today})

    def act() -> Any:
        data = form.cleaned_data
        return actions.move(
            by=request.actor, now=request.now, enterprise_id=row.id, place=data["unit"].code, on=data["on"],
            reason=data["reason"], address=data["address"],
        )  # fmt: skip

    return form_page(request, form, act, title=_("变更所在网格"), sub=f"{row.name} · {reads.place_of(row)}",
                     back=address_of(row), submit=_("变更"),
                     done=_("已变更“%(name)s”的所在网格。") % {"name": row.name})  # fmt: skip
