"""Who may open which page of this feature."""

from __future__ import annotations

from anwang.domain.base import Role, gettext_noop

FIELD = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE})
#: Whoever may read a record may see the sheet that it was taken from.
READERS = FIELD | {Role.PRINCIPAL}

PAGES: dict[str, frozenset[Role] | str] = {
    "paper": FIELD,
    "paper_month": FIELD,
    "paper_sheets": FIELD,
    "sheet_open": FIELD,
    "scan_upload": FIELD,
    "scan_page": FIELD,
    "scan_image": FIELD,
    "scan_choose": FIELD,
    "scan_drop": FIELD,
    "scan_file": FIELD,
    "contact_sheet": READERS,
    "contact_sheet_image": READERS,
}
MENU = [
    {"order": 13, "url": "paper", "label": gettext_noop("纸质与表格"), "icon": "printer", "roles": FIELD,
     "also": ("scan_page",)},
]  # fmt: skip
