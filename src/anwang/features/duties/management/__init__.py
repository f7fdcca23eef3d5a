"""Commands of the duties."""

from .checking import verify
from .group import duties

COMMANDS = [duties, verify]
