"""Who may open which page of this feature."""

from anwang.domain.base import Role, gettext_noop

EVERYBODY = frozenset(Role)
DUTIFUL = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE})

PAGES: dict[str, frozenset[Role] | str] = {
    "reminder_preview": DUTIFUL,
    "calendar_address": DUTIFUL,
    "calendar_revoke": DUTIFUL,
    # Who knows the secret of an address is let in; the address itself is the key.
    "calendar_feed": "anyone",
}
MENU = [
    {"order": 90, "url": "reminder_preview", "label": gettext_noop("提醒和日历"), "icon": "bell-ringing",
     "also": ("calendar_address",)},
]  # fmt: skip
