"""What goes out on paper and as a spreadsheet, and the code that leads back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from anwang.adapters.xlsx.writer import write_template
from anwang.features.accounts import queries as accounts
from anwang.features.assignments import queries as assignments
from anwang.features.duties.queries.sheet_spec import record_spec
from anwang.features.enterprises import queries as enterprises
from anwang.web.asked import number
from anwang.web.downloads import XLSX
from anwang.web.requests import Request

from .. import actions, queries

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX,
}


def page(request: Request) -> HttpResponse:
    """Print, fill in, send back: for oneself; sheets that came back stand below."""
    bound = list(assignments.of_person(request.actor.person_id or 0, on=request.today))
    context = {"scans": queries.scans_of(request.actor), "bound": bound, "today": request.today, "page_clause": "四.3"}
    return render(request, "paper/page.html", context)


def month(request: Request) -> FileResponse:
    """This month's records and what is owed, as a sheet that can be filled in and sent back."""
    target, person = BytesIO(), _person(request)
    rows = queries.month_rows(person, by=request.actor, day=request.today)
    title = _("%(name)s 包保督导记录表 %(month)s") % {
        "name": accounts.names_of([person]).get(person, ""), "month": f"{request.today:%Y-%m}"
    }  # fmt: skip
    write_template(target, record_spec(request.today), title=title, filled=rows)
    return _file(target.getvalue(), f"{title}.xlsx", "xlsx")


def sheets(request: Request) -> FileResponse:
    """The record sheets of all my enterprises, or of those ticked."""
    form = request.GET.get("form", "pdf")
    asked = request.GET.getlist("enterprise")
    only = [key for text in asked if (key := number(text)) is not None] if asked else None
    made = actions.print_sheets(
        by=request.actor, now=request.now, day=request.today, person=_person(request), only=only, form=form
    )
    return _file(made, _("督导记录表 %(day)s") % {"day": request.today} + f".{form}", form)


def open_sheet(request: Request, token: str) -> HttpResponse:
    """Where the code of a sheet leads: the record of that enterprise, as one from paper."""
    code = queries.read_code(token)
    firm = enterprises.find(code.enterprise, by=request.actor) if code else None
    if firm is None:
        raise Http404
    return redirect(f"{reverse('contact_new')}?{urlencode({'enterprise': str(firm.id), 'channel': 'paper'})}")


def _person(request: Request) -> int:
    """One's own sheets; an office or leader also those of a person of its own territory."""
    asked: Any = number(request.GET.get("person", ""))
    if asked is None or asked == request.actor.person_id:
        return request.actor.person_id or 0
    if not queries.may_print_for(request.actor, asked, on=request.today):
        raise Http404
    return int(asked)


def _file(data: bytes, name: str, form: str) -> FileResponse:
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=TYPES[form])
