"""Risk points of one enterprise, and its grade by hand (附件6)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from anwang.domain.base import Grade
from anwang.web.requests import Request

from .. import actions
from ..forms import GradeForm, PointForm, ReasonForm
from ..queries import page as reads
from .form_page import form_page, told
from .page import address_of, kept


def add(request: Request, enterprise_id: int) -> HttpResponse:
    """A new risk point."""
    row = kept(request, enterprise_id)
    form = PointForm(request.POST or None)

    def act() -> Any:
        data = form.cleaned_data
        return actions.add_point(
            by=request.actor, now=request.now, enterprise_id=row.id, name=data["name"], location=data["location"],
            facts=form.facts(),
        )  # fmt: skip

    return form_page(request, form, act, title=_("登记风险点"), sub=row.name, back=address_of(row), submit=_("登记"),
                     done=_("已登记风险点，等级已按附件6重新判定。"), clause="附件6")  # fmt: skip


def edit(request: Request, enterprise_id: int, point_id: int) -> HttpResponse:
    """Other facts of a risk point from today on."""
    row = kept(request, enterprise_id)
    line = reads.point_line(row.id, point_id, request.today)
    if line is None:
        raise Http404
    initial = PointForm.initial_of(line.point.name, line.point.location, line.facts)
    form = PointForm(request.POST or None, initial=initial)

    def act() -> Any:
        data = form.cleaned_data
        return actions.change_point(
            by=request.actor, now=request.now, enterprise_id=row.id, point_id=point_id, name=data["name"],
            location=data["location"], facts=form.facts(),
        )  # fmt: skip

    return form_page(request, form, act, title=_("更改风险点"), sub=row.name, back=address_of(row), submit=_("保存"),
                     done=_("已更改风险点，等级已按附件6重新判定。"), clause="附件6")  # fmt: skip


def remove(request: Request, enterprise_id: int, point_id: int) -> HttpResponse:
    """A risk point that is there no more."""
    row = kept(request, enterprise_id)
    line = reads.point_line(row.id, point_id, request.today)
    if line is None:
        raise Http404
    form = ReasonForm(request.POST or None)

    def act() -> Any:
        return actions.remove_point(
            by=request.actor, now=request.now, enterprise_id=row.id, point_id=point_id,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip

    title = _("取消风险点：%(name)s") % {"name": line.point.name}
    note = _("风险点从今天起不再计入，以前的事实保留。")
    return form_page(request, form, act, title=title, sub=row.name, back=address_of(row), submit=_("取消风险点"),
                     done=_("已取消风险点，等级已按附件6重新判定。"), note=note, clause="附件6")  # fmt: skip


def grade(request: Request, enterprise_id: int) -> HttpResponse:
    """Set a grade by hand for a while."""
    row = kept(request, enterprise_id)
    fact = reads.grade_now(row.id)
    computed = Grade(fact.computed) if fact else Grade.GENERAL
    form = GradeForm(request.POST or None, computed=computed.value)

    def act() -> Any:
        data = form.cleaned_data | {"grade": Grade(form.cleaned_data["grade"])}
        return actions.override_grade(by=request.actor, now=request.now, enterprise_id=row.id, **data)

    note = _("按附件6判定为%(grade)s。人工调整要有理由、依据和期限，判定结果仍会显示。") % {"grade": _(computed.label)}
    done = _("已调整“%(name)s”的风险等级。") % {"name": row.name}
    return form_page(request, form, act, title=_("调整风险等级"), sub=row.name, back=address_of(row), submit=_("调整"),
                     done=done, note=note, clause="附件6")  # fmt: skip


def grade_end(request: Request, enterprise_id: int) -> HttpResponse:
    """Let the computed grade count again."""
    row = kept(request, enterprise_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    change = actions.end_override(by=request.actor, now=request.now, enterprise_id=row.id)
    told(request, change, _("已恢复按附件6判定的等级。"))
    return redirect(address_of(row))
