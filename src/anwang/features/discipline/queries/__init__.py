"""Reading the discipline of visits."""

from .complaints import (
    Desk,
    complaint,
    complaints,
    desk,
    handled_by,
    handlers,
    overdue,
    staffed,
    steps,
    waiting_at,
)
from .members import Someone, people_of
from .opinions import Opinions, UnitOpinions, opinions
from .visits import Visit, own_firm, past, rating_of, shown, visit

__all__ = [
    "Desk",
    "Opinions",
    "Someone",
    "UnitOpinions",
    "Visit",
    "complaint",
    "complaints",
    "desk",
    "handled_by",
    "handlers",
    "opinions",
    "overdue",
    "own_firm",
    "past",
    "people_of",
    "rating_of",
    "shown",
    "staffed",
    "steps",
    "visit",
    "waiting_at",
]
