"""Reading the enterprise's own side."""

from .access import Access, access_counts, access_lines
from .declarations import Profile, declaration, declarations, narrowed, own_firm, profile, to_judge
from .invitations import InvitePage, held, invite_page, principals
from .opening import staff_opens
from .staff import StaffPage, member, staff_page

__all__ = [
    "Access",
    "InvitePage",
    "Profile",
    "StaffPage",
    "access_counts",
    "access_lines",
    "declaration",
    "declarations",
    "held",
    "invite_page",
    "member",
    "narrowed",
    "own_firm",
    "principals",
    "profile",
    "staff_opens",
    "staff_page",
    "to_judge",
]
