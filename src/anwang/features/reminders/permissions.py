"""Who may open which page of this feature."""

from anwang.domain.base import Role

EVERYBODY = frozenset(Role)

PAGES: dict[str, frozenset[Role] | str] = {
    "reminder_preview": EVERYBODY,
    "calendar_address": EVERYBODY,
    "calendar_revoke": EVERYBODY,
    # Who knows the secret of an address is let in; the address itself is the key.
    "calendar_feed": "anyone",
}
