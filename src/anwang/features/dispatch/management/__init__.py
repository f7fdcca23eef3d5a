"""Commands of tasks."""

from .group import tasks

COMMANDS = [tasks]
