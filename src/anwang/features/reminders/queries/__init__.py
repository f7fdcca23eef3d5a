"""Reading what will be said, to whom, and a person's calendar."""

from .calendar import calendar_of, feed_of, person_of
from .digests import Preview, digests, forecast, preview
from .rules import rule_on, workdays

__all__ = ["Preview", "calendar_of", "digests", "feed_of", "forecast", "person_of", "preview", "rule_on", "workdays"]
