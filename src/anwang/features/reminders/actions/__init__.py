"""Reminders, the periodic work, the calendar's address."""

from .digest import send_alarms, send_digest
from .feeds import make_feed, revoke_feed
from .ticking import tick

__all__ = ["make_feed", "revoke_feed", "send_alarms", "send_digest", "tick"]
