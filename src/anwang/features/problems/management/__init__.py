from .group import problems

COMMANDS = [problems]
