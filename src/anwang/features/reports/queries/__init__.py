"""Reading reports; what is sealed is read by no query but those of the unsealing and of the clerk's page."""

from .places import enterprise_at
from .receipts import Followed, by_code, followed
from .sealed import photo, untold
from .standing import open_beside, open_of, standing
from .visible import (
    clerks,
    follow_ups,
    handled_by,
    handlers,
    listing,
    report,
    retold_by,
    steps,
    told_words,
    unsealable,
    unsealings,
    waiting_rows,
)

__all__ = [
    "Followed",
    "by_code",
    "clerks",
    "enterprise_at",
    "follow_ups",
    "followed",
    "handled_by",
    "handlers",
    "listing",
    "open_beside",
    "open_of",
    "photo",
    "report",
    "retold_by",
    "standing",
    "steps",
    "told_words",
    "unsealable",
    "unsealings",
    "untold",
    "waiting_rows",
]
