"""One page for every small form: title, form, back; what was done can be taken back from its message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from anwang.domain.base import Refusal
from anwang.web.requests import Request

from ..forms.fields import say


def told(request: Request, change: Any, done: str, nothing: str = "") -> None:
    """Say what was done, with 撤销; or that nothing had to be done."""
    if change is None or not change.enterprises:
        messages.info(request, nothing or done)
    else:
        messages.success(request, done, extra_tags="undo:" + reverse("change_undo", args=[change.id]))


def form_page(
    request: Request, form: forms.Form, act: Callable[[], Any], *, title: str, back: str, submit: str, done: str,
    note: str = "", clause: str = "二.1", sub: str = "", template: str = "enterprises/form.html",
) -> HttpResponse:  # fmt: skip
    """Show the form; on a valid POST act, say what was done and go back. A refusal stands at the top of the form."""
    if request.method == "POST" and form.is_valid():
        try:
            change = act()
        except Refusal as refusal:
            form.add_error(None, say(refusal))
        else:
            told(request, change if hasattr(change, "enterprises") else None, done)
            return redirect(back)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "title": title, "back": back, "submit": submit, "note": note, "sub": sub,
               "page_clause": clause}  # fmt: skip
    return render(request, template, context, status=status)
