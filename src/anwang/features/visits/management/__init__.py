"""`anwang visits`."""

from .group import visits

COMMANDS = [visits]
