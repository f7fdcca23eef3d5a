"""Who may open which page: what is asked and why is public, the office sees the rest."""

from __future__ import annotations

from anwang.domain.base import Role, gettext_noop

PAGES: dict[str, frozenset[Role] | str] = {
    "burden": frozenset({Role.OFFICE, Role.LEADER}),
    "burden_fields": frozenset({Role.OFFICE, Role.LEADER}),
    "burden_kept": "anyone",
}
MENU = [
    {"order": 82, "url": "burden", "label": gettext_noop("减负自查"), "icon": "scale", "also": ("burden_fields",),
     "roles": frozenset({Role.OFFICE})},
]  # fmt: skip
