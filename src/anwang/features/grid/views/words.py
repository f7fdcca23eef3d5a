"""Short words that several pages of the grid show."""

from __future__ import annotations

from django.utils.translation import gettext

from ..queries import UnitLine


def line_note(line: UnitLine) -> str:
    """网格长 张三 · 分管 李四、王五."""
    parts = []
    if line.leaders:
        parts.append(
            gettext("网格长 %(names)s")
            % {"names": gettext("、").join(row.post.person.name for row in line.leaders[:3])}
        )
    if line.sponsors:
        parts.append(
            gettext("分管 %(names)s") % {"names": gettext("、").join(row.post.person.name for row in line.sponsors[:3])}
        )
    return " · ".join(parts) or gettext("未定网格长")
