"""What is done on the enterprise's own side: its principal invited, its facts declared and judged."""

from .declaring import affirm, declare, withdraw
from .invitations import Link, accept, invite, prove, revoke
from .judging import accept_declaration, return_declaration

__all__ = [
    "Link",
    "accept",
    "accept_declaration",
    "affirm",
    "declare",
    "invite",
    "prove",
    "return_declaration",
    "revoke",
    "withdraw",
]
