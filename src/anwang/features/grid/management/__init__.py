"""Commands of people and administrators."""

from .admin import admin
from .people import people

COMMANDS = [admin, people]
