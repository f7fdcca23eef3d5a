"""Reading the enterprise's own side."""

from .access import Access, access_counts, access_lines
from .declarations import Profile, declaration, declarations, narrowed, own_firm, profile, to_judge
from .invitations import InvitePage, held, invite_page, principals

__all__ = [
    "Access",
    "InvitePage",
    "Profile",
    "access_counts",
    "access_lines",
    "declaration",
    "declarations",
    "held",
    "invite_page",
    "narrowed",
    "own_firm",
    "principals",
    "profile",
    "to_judge",
]
