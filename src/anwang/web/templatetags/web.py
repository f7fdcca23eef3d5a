"""Filters and tags that the shared templates and components use."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import segno
from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from anwang.domain.base import Reason, gettext_noop
from anwang.domain.calendar import Period
from anwang.web.periods import period_words
from anwang.web.reasons import words

register = template.Library()

UNDO = "undo:"


@register.filter
def undo_url(message: Any) -> str:
    """The address that takes a done thing back, from `messages.success(..., extra_tags="undo:/path")`."""
    for tag in str(message.extra_tags or "").split():
        if tag.startswith(UNDO):
            return tag.removeprefix(UNDO)
    return ""


@register.filter
def num(value: Any) -> str:
    """A count with thousands separators; nothing known is an en dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, str):
        return value  # already in words, such as 94.1%
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


@register.filter
def percent(value: Any, places: int = 0) -> str:
    """A share between 0 and 1 as per cent; nothing known is an en dash.

    Never rounds up to 100 %: what is not whole must not look whole.
    """
    if value is None or value == "":
        return "–"
    scaled = float(value) * 100
    step = 10.0**-places
    if scaled < 100 <= round(scaled, places):
        scaled = 100 - step
    return f"{scaled:.{places}f}%"


@register.filter
def hundred(value: Any) -> float:
    """A share between 0 and 1 as the 0–100 value of a bar."""
    return round(float(value or 0) * 100, 1)


@register.filter
def period_label(period: Period) -> str:
    """A period with its year, in the reader's language: 2026年11月下半月, second half of Nov 2026."""
    return period_words(period)


@register.filter
def word(value: Any) -> Any:
    """A word of ours (a header, a grade) in the reader's language; names and numbers as they are."""
    return gettext(value) if isinstance(value, str) else value


@register.filter
def said(reason: Reason | None) -> str:
    """A reason of the domain in the reader's language."""
    return words(reason) if reason else ""


@register.filter
def period_short(period: Period) -> str:
    """A period without its year: 11月下半月, second half of Nov."""
    return period_words(period, year=False)


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite: what `<c-icon>` draws, without a component's cost, for places that repeat it."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="aw-icon {}" {} focusable="false"><use href="{}#{}"></use></svg>',
        css,
        spoken,
        static("dist/icons.svg"),
        name,
    )


#: Grades of risk in words (二.2).
GRADES = {
    "major": gettext_noop("重大风险"), "larger": gettext_noop("较大风险"), "general": gettext_noop("一般风险"),
    "low": gettext_noop("低风险"),
}  # fmt: skip


@register.simple_tag
def risk(grade: Any) -> SafeString:
    """A grade as square and words: what `<c-risk>` draws."""
    called = gettext(GRADES.get(str(grade), gettext_noop("未定级")))
    return format_html('<span class="aw-risk aw-risk-{}">{}</span>', grade or "none", called)


@register.simple_tag
def unvarying(name: str) -> SafeString:
    """A template that says the same to all who read a language: made once for each."""
    return _unvarying(name, get_language())


@lru_cache(maxsize=64)
def _unvarying(name: str, language: str) -> SafeString:
    return mark_safe(render_to_string(name))


@register.simple_tag
def qr(text: str) -> SafeString:
    """A QR code as inline SVG without style attributes; the text is encoded, never shown as markup."""
    code = segno.make(text, error="m")
    return mark_safe(code.svg_inline(scale=4, border=2, omitsize=True, svgclass="", lineclass=""))


@register.filter
def page_window(page: Any) -> list[int | str]:
    """The page numbers around this one, with "…" for gaps."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def chosen_filters(filterset: Any) -> list[tuple[str, str, str]]:
    """What a django-filter narrows by now: (name, label, value in words)."""
    form = filterset.form
    if not form.is_bound or not form.is_valid():
        return []
    found = []
    for name, value in form.cleaned_data.items():
        if value in (None, "", [], ()) or not form.data.get(name):
            continue
        found.append((name, str(form[name].label), _in_words(form.fields[name], value)))
    return found


def _in_words(field: Any, value: Any) -> str:
    labels = {
        str(key): str(label) for key, label in getattr(field, "choices", []) if not isinstance(label, list | tuple)
    }
    values = value if isinstance(value, list | tuple | set) else [value]
    return "、".join(labels.get(str(getattr(item, "pk", item)), str(item)) for item in values)
