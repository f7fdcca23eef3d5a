"""What people type about duties."""

from .contact import ContactForm, Posted
from .reasons import ReasonForm
from .sheet import SheetForm

__all__ = ["ContactForm", "Posted", "ReasonForm", "SheetForm"]
