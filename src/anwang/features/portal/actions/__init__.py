"""What is done on the enterprise's own side: its principal invited."""

from .invitations import Link, accept, invite, prove, revoke

__all__ = ["Link", "accept", "invite", "prove", "revoke"]
