"""What is done on the enterprise's own side: its principal and staff invited, its facts declared and judged."""

from .declaring import affirm, declare, withdraw
from .invitations import Link, invite, invite_staff, revoke
from .joining import accept, prove
from .judging import accept_declaration, return_declaration
from .staff import change_staff, end_staff, review_staff

__all__ = [
    "Link",
    "accept",
    "accept_declaration",
    "affirm",
    "change_staff",
    "declare",
    "end_staff",
    "invite",
    "invite_staff",
    "prove",
    "return_declaration",
    "review_staff",
    "revoke",
    "withdraw",
]
