"""Commands that touch several features at once."""

from .grid import grid

COMMANDS = [grid]
