"""Commands of the roster: `anwang roster …`."""

from .roster import roster

COMMANDS = [roster]
