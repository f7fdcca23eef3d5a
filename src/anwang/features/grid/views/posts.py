"""Posts of a person: begin, correct, end."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.web.requests import Request

from .. import actions, queries
from ..forms import EndForm, PostForm, PostTextForm
from ..models import Post
from ..permissions import may_keep_post
from .form_page import form_page


def post_data(data: dict[str, Any], person_id: int) -> actions.PostData:
    """What the form says, as the action wants it."""
    return actions.PostData(
        person_id=person_id, kind=data["kind"], unit=data["unit"].code, valid_from=data["valid_from"],
        organisation=data["organisation"], title=data["title"], is_office=data["is_office"],
        is_supervisor=data["is_supervisor"], expertise=tuple(data["expertise"]),
    )  # fmt: skip


def add(request: Request, person_id: int) -> HttpResponse:
    """Another post for a person known in the territory."""
    person = queries.person_for(request.actor, person_id)
    if person is None:
        raise Http404
    start = {"valid_from": request.today, "is_supervisor": True}
    form = PostForm(request.POST or None, actor=request.actor, on=request.today, initial=start)

    def act() -> None:
        actions.create_posts(by=request.actor, now=request.now, rows=[post_data(form.cleaned_data, person_id)])

    title = _("增加任职：%(name)s") % {"name": person.name}
    return form_page(request, form, act, title=title, back=_person(person_id), submit=_("增加"), done=_("任职已增加。"))


def _post(request: Request, post_id: int) -> Post:
    post = queries.post_for(request.actor, post_id)
    if post is None or post.valid_to is not None or not may_keep_post(request.actor, post.kind, post.unit):
        raise Http404
    return post


def edit(request: Request, post_id: int) -> HttpResponse:
    """Correct the words of a post."""
    post = _post(request, post_id)
    names = ("organisation", "title", "is_office", "is_supervisor", "expertise")
    form = PostTextForm(request.POST or None, on=request.today, initial={name: getattr(post, name) for name in names})

    def act() -> None:
        data = form.cleaned_data | {"expertise": tuple(form.cleaned_data["expertise"])}
        actions.change_post(by=request.actor, now=request.now, post_id=post_id, **data)

    title = _("更正任职：%(name)s %(post)s") % {"name": post.person.name, "post": post.label}
    back = _person(post.person_id)
    return form_page(request, form, act, title=title, back=back, submit=_("保存"), done=_("任职已更正。"))


def end(request: Request, post_id: int) -> HttpResponse:
    """End a post with its day and reason."""
    post = _post(request, post_id)
    form = EndForm(request.POST or None, with_reason=True, initial={"on": request.today})

    def act() -> None:
        data = form.cleaned_data
        actions.end_post(by=request.actor, now=request.now, post_id=post_id, on=data["on"], reason=data["reason"])

    title = _("终止任职：%(name)s %(post)s") % {"name": post.person.name, "post": post.label}
    note = _("从终止之日起，此任职的查看权限、网格长和分管包联一并结束；所包保的企业需要另行安排。")
    back = _person(post.person_id)
    return form_page(request, form, act, title=title, back=back, submit=_("终止"), done=_("任职已终止。"), note=note)


def _person(person_id: int) -> str:
    return reverse("person", args=[person_id])
