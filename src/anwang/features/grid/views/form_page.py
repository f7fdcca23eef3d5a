"""One page for every small form: title, form, back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from anwang.domain.base import Refusal
from anwang.web.requests import Request

from ..forms import say


def form_page(
    request: Request, form: forms.Form | None, act: Callable[[], Any], *, title: str, back: str, submit: str, done: str,
    sub: str = "", note: str = "", clause: str = "三.1",
) -> HttpResponse:  # fmt: skip
    """Show the form; on a valid POST act, say what was done and go back. A refusal stands at the top of the form."""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            act()
        except Refusal as refusal:
            if form is None:
                raise
            form.add_error(None, say(refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "title": title,
        "sub": sub,
        "back": back,
        "submit": submit,
        "note": note,
        "page_clause": clause,
    }
    return render(request, "grid/form.html", context, status=status)
