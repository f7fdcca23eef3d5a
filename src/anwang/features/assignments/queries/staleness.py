"""What has changed since a plan was computed, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from anwang.domain.base import gettext_noop

PARTS = {
    "enterprises": gettext_noop("企业名册"),
    "posts": gettext_noop("人员任职"),
    "leads": gettext_noop("包保关系"),
    "rules": gettext_noop("指定和回避"),
    "policy": gettext_noop("分配规则"),
}


def changes_since(then: Mapping[str, Sequence[Any]], now: Mapping[str, Sequence[Any]]) -> str:
    """The parts that differ, e.g. “企业名册增加 2、人员任职有改动”; "" when nothing has changed."""
    return "、".join(_words(part, then[part], now[part]) for part in PARTS if list(then[part]) != list(now[part]))


def _words(part: str, then: Sequence[Any], now: Sequence[Any]) -> str:
    more, what = now[0] - then[0], gettext(PARTS[part])
    if more > 0:
        return gettext("%(what)s增加 %(n)s") % {"what": what, "n": more}
    if more < 0:
        return gettext("%(what)s减少 %(n)s") % {"what": what, "n": -more}
    return gettext("%(what)s有改动") % {"what": what}
