"""The pages of a reporter: find the enterprise, write, the receipt. No account, no script, one cookie (CSRF)."""

from __future__ import annotations

from secrets import token_bytes
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from anwang.domain.base import Refusal
from anwang.domain.reports.cases import Kind
from anwang.domain.reports.codes import written
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from ..forms.public import FindForm, ReportForm
from ..queries.national import national_line
from .gate import passed, shown

FILED_MOST = 20


def start(request: Request) -> HttpResponse:
    """Which enterprise, by the code of its notice sheet or its credit code."""
    form, status = FindForm(request.GET if "key" in request.GET else None), 200
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["key"].replace(" ", "").replace("/", "")
        if key and queries.enterprise_at(key):
            return redirect("report_new", key)
        line = national_line(request.today)
        form.add_error("key", _("没有找到，请核对；也可以拨打 %(line)s 举报。") % {"line": line})
        status = 404
    return shown(request, "reports/start.html", {"form": form}, status)


@sensitive_post_parameters()
@sensitive_variables()
def new(request: Request, key: str) -> HttpResponse:
    """Write and send; the answer is the receipt. The same form sent twice is one report with one receipt."""
    firm = queries.enterprise_at(key)
    if firm is None:
        find = FindForm({"key": key[:40]})
        line = national_line(request.today)
        find.add_error("key", _("没有找到这家企业，请核对；也可以拨打 %(line)s 举报。") % {"line": line})
        return shown(request, "reports/start.html", {"form": find}, 404)
    if request.method != "POST":
        return shown(request, "reports/new.html", {"firm": firm, "form": ReportForm()})
    form, (through, question) = ReportForm(request.POST, request.FILES), passed(request, "file", FILED_MOST)
    if form.is_valid() and through:
        if form.cleaned_data["website"]:
            return _receipt(request, written(token_bytes(10)), True)
        try:
            made = actions.file_report(by=request.actor, now=request.now, told=_told(firm, form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, words(refusal))
        else:
            return _receipt(request, made.code, made.staffed)
    return shown(request, "reports/new.html", {"firm": firm, "form": form, **question}, 422)


def _told(firm: Any, data: dict[str, Any]) -> actions.Told:
    return actions.Told(
        nonce=str(data["nonce"]), enterprise=firm.id, kind=Kind(data["kind"]), words=data["words"], line=data["line"],
        name=data["name"], phone=data["phone"], photos=data["photos"],
    )  # fmt: skip


def _receipt(request: Request, code: str, staffed: bool) -> HttpResponse:
    return shown(request, "reports/receipt.html", {"code": code, "staffed": staffed}, 201)
