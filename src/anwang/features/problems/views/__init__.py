"""Pages of problems."""

from .acting import do
from .boards import ageing, export, listing
from .one import detail, file, letter
from .reporting import new

__all__ = ["ageing", "detail", "do", "export", "file", "letter", "listing", "new"]
