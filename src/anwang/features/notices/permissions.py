"""Who may open which page of this feature."""

from __future__ import annotations

from anwang.domain.base import ALLOWED, Actor, Decision, Role, gettext_noop, refuse

EVERYBODY = frozenset(Role)
SYSTEM = frozenset({Role.SYSTEM_ADMIN})

PAGES: dict[str, frozenset[Role] | str] = {
    "message_list": EVERYBODY,
    "message_open": EVERYBODY,
    "message_open_all": EVERYBODY,
    "message_settings": EVERYBODY,
    "message_address": EVERYBODY,
    "message_verify": EVERYBODY,
    "message_switch": EVERYBODY,
    "message_forget": EVERYBODY,
    "delivery_list": SYSTEM,
    "delivery_retry": SYSTEM,
}
MENU = [
    {"order": 92, "url": "delivery_list", "label": gettext_noop("消息发送"), "icon": "mail"},
]


def may_retry(actor: Actor) -> Decision:
    """The system administrator keeps the channels running."""
    if actor.has(Role.SYSTEM_ADMIN):
        return ALLOWED
    return refuse("not_administrator", gettext_noop("重新发送由系统管理员进行。"))
