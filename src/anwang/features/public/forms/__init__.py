"""Forms of publishing."""

from .publication import PublicationForm

__all__ = ["PublicationForm"]
