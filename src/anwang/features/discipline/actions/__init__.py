"""Writing: ratings of visits, complaints and their handling."""

from .complaining import Told, file_complaint, raise_complaint, settle_complaint, withdraw_complaint
from .handling import answer_complaint, take_complaint
from .rating import rate_visit

__all__ = [
    "Told",
    "answer_complaint",
    "file_complaint",
    "raise_complaint",
    "rate_visit",
    "settle_complaint",
    "take_complaint",
    "withdraw_complaint",
]
