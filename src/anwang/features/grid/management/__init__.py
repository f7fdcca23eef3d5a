"""Commands of people and administrators."""

from .admin import admin

COMMANDS = [admin]
