"""Asking for a review pack, and fetching it."""

from __future__ import annotations

import io
from datetime import date

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.enterprises import queries as enterprises
from anwang.features.work import actions as work
from anwang.web.requests import Request

from .. import actions


def review_pack_make(request: Request, enterprise_id: int) -> HttpResponseBase:
    """Long work: the chains are proved anew on the way."""
    firm = enterprises.find(enterprise_id, by=request.actor)
    if firm is None:
        raise Http404
    if request.method != "POST":
        return redirect("enterprise_timeline", enterprise_id=firm.id)
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        raise Refusal("bad_date", gettext_noop("日期请写成 2026-11-24。")) from None
    if on > local_day(request.now):
        raise Refusal("date_ahead", gettext_noop("事故日期不能晚于今天。"))
    form = request.POST.get("form", "pdf")
    if form not in ("pdf", "docx"):
        raise Refusal("bad_format", gettext_noop("格式只有 pdf、docx。"))
    label = _("生成 %(name)s 事故倒查材料包") % {"name": firm.name}
    started = work.start(
        by=request.actor, now=request.now, handler="anwang.features.timeline.jobs.make_pack", label=label,
        params={"enterprise_id": firm.id, "on": on.isoformat(), "form": form}, next_url="/review-packs/{pack}/",
    )  # fmt: skip
    return redirect("work_status", work_id=started.id)


def review_pack(request: Request, pack_id: int) -> HttpResponseBase:
    """The file."""
    try:
        made = actions.open_pack(by=request.actor, now=request.now, pack_id=pack_id)
    except Refusal as refusal:
        if refusal.code == "gone":
            messages.error(request, _(refusal.text))
            return redirect("home")
        raise Http404 from None
    row = made.row
    name = f"{_('事故倒查材料包')}-{row.enterprise.name}-{row.on:%Y%m%d}.{row.form}"
    return FileResponse(io.BytesIO(made.data), as_attachment=True, filename=name)
