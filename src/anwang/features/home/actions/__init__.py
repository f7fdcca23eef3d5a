"""Acts that touch several features at once."""

from .feedback import answer_feedback, leave_feedback
from .regridding import regrid

__all__ = ["answer_feedback", "leave_feedback", "regrid"]
