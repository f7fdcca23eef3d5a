"""Setting and ending 网格长 and 分管包联, and the supervision phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.domain.base import Level
from anwang.web.requests import Request

from .. import actions, queries
from ..forms import EndForm, LineForm, PhoneForm
from ..models import GridUnit
from ..permissions import may_keep_unit
from .form_page import form_page


def _kept(request: Request, code: int) -> GridUnit:
    """A unit in force that this office keeps; any other does not exist here."""
    row = queries.visible_unit(request.actor, code, on=request.today)
    if row is None or row.valid_to is not None or not may_keep_unit(request.actor, code):
        raise Http404
    return row


def phone(request: Request, code: int) -> HttpResponse:
    """The supervision phone of a unit."""
    row = _kept(request, code)
    form = PhoneForm(request.POST or None, initial={"phone": row.phone})

    def act() -> None:
        number = form.cleaned_data["phone"]
        actions.set_supervision_phone(by=request.actor, now=request.now, unit=code, phone=number)

    title = _("监督电话：%(name)s") % {"name": row.name}
    return form_page(request, form, act, title=title, back=_unit(code), submit=_("保存"), done=_("监督电话已保存。"))


def lead(request: Request, code: int) -> HttpResponse:
    """Name a 网格长 from the people serving in the unit."""
    row = _kept(request, code)
    posts = list(queries.posts_in(code, on=request.today))
    ranks = row.level == Level.CITY
    form = LineForm(request.POST or None, posts=posts, ranks=ranks, initial={"valid_from": request.today})

    def act() -> None:
        data = form.cleaned_data
        line = actions.Line(code, data["post"], data["valid_from"], data.get("rank", 1))
        actions.appoint_leaders(by=request.actor, now=request.now, rows=[line])

    title = _("确定网格长：%(name)s") % {"name": row.name}
    note = "" if posts else _("这个网格还没有在任人员，请先在“人员”中登记任职。")
    done = _("网格长已确定。")
    return form_page(request, form, act, title=title, back=_unit(code), submit=_("确定"), done=done, note=note)


def sponsor(request: Request, code: int) -> HttpResponse:
    """Name who of the level above sponsors the unit (市包县区、县区包乡镇、乡镇包村居)."""
    row = _kept(request, code)
    if row.level == Level.CITY:
        raise Http404
    posts = list(queries.sponsor_candidates(code, on=request.today))
    form = LineForm(request.POST or None, posts=posts, initial={"valid_from": request.today})

    def act() -> None:
        data = form.cleaned_data
        line = actions.Line(code, data["post"], data["valid_from"])
        actions.sponsor_units(by=request.actor, now=request.now, rows=[line])

    title = _("确定分管包联：%(name)s") % {"name": row.name}
    note = "" if posts else _("上一级网格还没有在任人员，请先登记任职。")
    done = _("分管包联已确定。")
    return form_page(request, form, act, title=title, back=_unit(code), submit=_("确定"), done=done, note=note)


def end_leader(request: Request, leadership_id: int) -> HttpResponse:
    """End a 网格长 on a day."""
    row = queries.leadership(leadership_id)
    if row is None or row.valid_to is not None:
        raise Http404
    form = EndForm(request.POST or None, initial={"on": request.today})

    def act() -> None:
        day = form.cleaned_data["on"]
        actions.end_leader(by=request.actor, now=request.now, leadership_id=leadership_id, on=day)

    title = _("终止网格长：%(name)s") % {"name": row.post.person.name}
    return _end(request, row.unit, form, act, title)


def end_sponsor(request: Request, sponsorship_id: int) -> HttpResponse:
    """End a sponsorship on a day."""
    row = queries.sponsorship(sponsorship_id)
    if row is None or row.valid_to is not None:
        raise Http404
    form = EndForm(request.POST or None, initial={"on": request.today})

    def act() -> None:
        day = form.cleaned_data["on"]
        actions.end_sponsor(by=request.actor, now=request.now, sponsorship_id=sponsorship_id, on=day)

    title = _("终止分管包联：%(name)s") % {"name": row.post.person.name}
    return _end(request, row.unit, form, act, title)


def _end(request: Request, code: int, form: EndForm, act: Callable[[], Any], title: str) -> HttpResponse:
    unit = _kept(request, code)
    return form_page(
        request, form, act, title=title, sub=unit.name, back=_unit(code), submit=_("终止"), done=_("已终止。")
    )  # fmt: skip


def _unit(code: int) -> str:
    return reverse("unit", args=[code])
