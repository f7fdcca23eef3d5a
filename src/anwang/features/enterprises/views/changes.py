"""What this person changed, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anwang.web.requests import Request

from .. import actions
from ..queries import worklists as reads
from .listing import back_of

NAMED = 8


def listing(request: Request) -> HttpResponse:
    """The changes of this person, with 撤销 for a day."""
    page = Paginator(reads.recent_changes(request.actor), 20).get_page(request.GET.get("page"))
    rows = [(change, reads.undoable(change, request.now)) for change in page.object_list]
    return render(request, "enterprises/changes.html", {"page": page, "rows": rows, "page_clause": "二.1"})


def undo(request: Request, change_id: int) -> HttpResponse:
    """Take one change back; what stays is named."""
    change = reads.change_for(request.actor, change_id)
    if change is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    done = actions.undo(by=request.actor, now=request.now, change_id=change.id)
    messages.success(request, _("已撤销：%(n)s 家企业恢复原状。") % {"n": done.restored})
    if done.kept:
        named = "；".join(f"{name}：{_(why)}" for name, why in done.kept[:NAMED])
        text = _("有 %(n)s 家没有撤销。%(named)s") % {"n": len(done.kept), "named": named}
        messages.warning(request, text)
    return redirect(back_of(request, "change_list"))
