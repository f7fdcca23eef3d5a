"""A telephone's ZIP of unsent records: taken in the background, the outcome of each record on a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from anwang.adapters import media
from anwang.adapters.unsent import MOST_BYTES, is_unsent, read_unsent
from anwang.domain.base import Refusal
from anwang.features.work import actions as work
from anwang.features.work import queries as works
from anwang.web.requests import Request

FOLDER = "unsent"
OUTCOMES = {
    "created": (gettext_noop("已登记"), "green"),
    "same": (gettext_noop("早已登记"), "grey"),
    "differs": (gettext_noop("与已登记的不同"), "yellow"),
    "refused": (gettext_noop("没有登记"), "red"),
}


def is_package(file: Any) -> bool:
    """Whether an uploaded file is a telephone's ZIP and no workbook."""
    head = file.read(4)
    file.seek(0)
    if head[:2] != b"PK":
        return False
    data = file.read(MOST_BYTES + 1)
    file.seek(0)
    return len(data) > MOST_BYTES or is_unsent(data)


def take(request: Request, file: Any) -> HttpResponse:
    """Refuse what is no ZIP of ours at once; record the rest in the background."""
    if (file.size or 0) > MOST_BYTES:
        raise Refusal("zip_large", _("离线包超过 %(mb)s MB，请分几次导出。"), mb=MOST_BYTES >> 20)
    data = file.read()
    read_unsent(data)
    started = work.start(
        by=request.actor, now=request.now, handler="anwang.features.duties.jobs.unsent", label=_("导入离线包"),
        params={"name": media.keep(data, folder=FOLDER, suffix=".zip")},
        next_url=reverse("record_unsent") + "?work={work}",
    )  # fmt: skip
    return redirect("work_status", started.id)


def result(request: Request) -> HttpResponse:
    """What came of each record of one's own import."""
    try:
        row = works.find(UUID(request.GET.get("work", "")), by=request.actor)
    except ValueError:
        raise Http404 from None
    if row is None or "records" not in row.result:
        raise Http404
    counts = [(_(label), row.result["counts"][key], light) for key, (label, light) in OUTCOMES.items()]
    rows = [{**each, "label": OUTCOMES[each["outcome"]][0], "light": OUTCOMES[each["outcome"]][1]}
            for each in row.result["records"]]  # fmt: skip
    context = {"counts": counts, "rows": rows, "page_clause": "四.3"}
    return render(request, "duties/unsent.html", context)
