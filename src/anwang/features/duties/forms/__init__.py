"""What people type about duties."""

from .contact import ContactForm, Posted
from .reasons import ReasonForm

__all__ = ["ContactForm", "Posted", "ReasonForm"]
