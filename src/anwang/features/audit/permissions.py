"""The trail is for the audit administrator alone."""

from anwang.domain.base import Role, gettext_noop

PAGES = {
    "audit_list": frozenset({Role.AUDIT_ADMIN}),
    "audit_event": frozenset({Role.AUDIT_ADMIN}),
    "audit_verify": frozenset({Role.AUDIT_ADMIN}),
}

MENU = [
    {
        "order": 95,
        "url": "audit_list",
        "label": gettext_noop("审计"),
        "icon": "shield-check",
        "also": ("audit_event", "audit_verify"),
    },
]
