"""Messages: put into the outbox in the transaction of what they tell of, delivered by every channel once."""

from .addresses import remove_address, send_code, set_enabled, verify_address
from .delivering import deliver_due
from .opening import open_all, open_message
from .queueing import Draft, enqueue, enqueue_many
from .tidying import retry, tidy

__all__ = [
    "Draft",
    "deliver_due",
    "enqueue",
    "enqueue_many",
    "open_all",
    "open_message",
    "remove_address",
    "retry",
    "send_code",
    "set_enabled",
    "tidy",
    "verify_address",
]
