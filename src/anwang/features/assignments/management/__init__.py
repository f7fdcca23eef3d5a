"""Commands of the feature: assign, coverage, letters."""

from .assign import assign

COMMANDS = [assign]
