"""What the enterprise's side asks for."""

from .join import AccountForm, JoinForm

__all__ = ["AccountForm", "JoinForm"]
