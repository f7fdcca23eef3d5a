"""Commands of the feature: assign, coverage, letters."""

from .assign import assign
from .coverage import coverage
from .papers import letters

COMMANDS = [assign, coverage, letters]
