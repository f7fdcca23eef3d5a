"""Reading what is published, and the rules of disclosure."""

from .publications import of_unit, one_for, published_already, shown, shown_one
from .rules import rules

__all__ = ["of_unit", "one_for", "published_already", "rules", "shown", "shown_one"]
