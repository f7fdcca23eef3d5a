"""Finding hints, explaining, settling."""

from .finding import Found, find_hints
from .settling import explain, reopen, settle

__all__ = ["Found", "explain", "find_hints", "reopen", "settle"]
