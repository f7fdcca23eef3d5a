"""Reading the enterprise's own side."""

from .access import Access, access_counts, access_lines
from .invitations import InvitePage, held, invite_page, principals

__all__ = [
    "Access",
    "InvitePage",
    "access_counts",
    "access_lines",
    "held",
    "invite_page",
    "principals",
]
