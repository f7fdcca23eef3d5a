"""Reading messages: one's own, and for the system administrator what could not be delivered."""

from .addresses import own_addresses
from .deliveries import standing, stuck
from .messages import latest, own, unread_by

__all__ = ["latest", "own", "own_addresses", "standing", "stuck", "unread_by"]
