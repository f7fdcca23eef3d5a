"""Commands of the duties."""

from .group import duties
from .checking import verify

COMMANDS = [duties, verify]
