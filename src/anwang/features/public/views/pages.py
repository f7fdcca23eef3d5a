"""What everyone may read: who is the safety commissioner of an enterprise, and the papers that are published (三.2)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.adapters import media
from anwang.adapters.attachments import Kind
from anwang.domain.calendar import local_day
from anwang.domain.documents.disclosure import asked_name, is_enough
from anwang.features.assignments import queries as assignments
from anwang.features.grid import queries as grid
from anwang.web.asked import number
from anwang.web.downloads import XLSX
from anwang.web.limits import is_within
from anwang.web.requests import Request

from .. import queries
from ..models import Publication
from .serving import openly

LATEST = 5
MIMES = {"pdf": Kind.PDF.mime, "docx": Kind.DOCX.mime}


def page(request: Request, name: str, status: int = 200, **context: Any) -> HttpResponse:
    """A public page with the rules of disclosure."""
    context["rules"] = queries.rules(local_day(request.now))
    return render(request, f"public/{name}.html", context, status=status)


def absent(request: Request) -> HttpResponse:
    """There is no such page, or not any more."""
    return page(request, "absent", 404)


def patience(response: HttpResponse) -> HttpResponse:
    """Asked too often: come again in a minute."""
    response["Retry-After"] = "60"
    return response


def _named(rows: list[Publication]) -> list[tuple[Publication, str]]:
    """Papers with the name of the place that published them."""
    names = grid.names({row.unit for row in rows})
    return [(row, names.get(row.unit, "")) for row in rows]


@openly
def home(request: Request) -> HttpResponse:
    """What this is, the search, the latest papers, where to report a danger."""
    rows = list(queries.shown()[:LATEST])
    return page(request, "home", rows=_named(rows))


@openly
def search(request: Request) -> HttpResponse:
    """Enterprises by name that have a sheet on their board; no list of all, and not without end."""
    rules, asked = queries.rules(local_day(request.now)), asked_name(request.GET.get("q", ""))
    if not rules.search:
        return absent(request)
    if not is_enough(asked, rules.search_letters):
        fault = _("请输入企业名称，至少 %(n)s 个字。") % {"n": rules.search_letters}
        return page(request, "search", 422 if asked else 200, q=asked, fault=fault if asked else "")
    if not is_within(request, name="public_search", most=rules.searches_per_minute, now=request.now):
        return patience(page(request, "search", 429, q=asked, fault=_("查询太频繁，请一分钟后再试。")))
    at = min(number(request.GET.get("page", "")) or 1, rules.search_pages)
    size = rules.search_results
    rows, more = assignments.public_sheets(asked, on=local_day(request.now), limit=size, skip=(at - 1) * size)
    called = grid.names({row.assignment.enterprise.place for row in rows})
    found = [(row, called.get(row.assignment.enterprise.place, "")) for row in rows]
    onward = {"at": at, "before": at - 1, "after": at + 1 if more and at < rules.search_pages else 0}
    return page(request, "search", q=asked, found=found, more=more, asked=True, **onward)


@openly
def notice(request: Request, token: str) -> HttpResponse:
    """The sheet on the board of an enterprise, as it reads today."""
    day = local_day(request.now)
    sheet = assignments.public_sheet(asked_name(token), on=day)
    if sheet is None:
        return absent(request)
    phone = sheet.phone if queries.rules(day).personal_phone else ""
    return page(request, "notice", sheet=sheet, token=token, phone=phone)


@openly
def papers(request: Request) -> HttpResponse:
    """Everything that is published, by its mark of disclosure."""
    found = Paginator(queries.shown(), 20).get_page(request.GET.get("page"))
    return page(request, "papers", page=found, rows=_named(list(found)))


@openly
def paper(request: Request, publication_id: int) -> HttpResponse:
    """The file of a published paper; what is withdrawn or only to be asked for has none."""
    row = queries.shown_one(publication_id)
    data = media.fetch(row.file) if row else None
    if row is None or data is None:
        return absent(request)
    answer = HttpResponse(data, content_type=MIMES.get(row.form, XLSX))
    answer["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(row.title)}-{row.on:%Y%m%d}.{row.form}"
    answer["ETag"] = f'"{row.sha256}"'
    return answer


@openly
def robots(request: Request) -> HttpResponse:
    """What search engines may read: the public pages when the policy says so, nothing else ever."""
    lines = ["User-agent: *", "Disallow: /"]
    if queries.rules(local_day(request.now)).indexable:
        lines.insert(1, f"Allow: {reverse('public_home')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
