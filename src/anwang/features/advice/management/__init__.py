"""Commands of questions, answers and notices."""

from .group import advice

COMMANDS = [advice]
