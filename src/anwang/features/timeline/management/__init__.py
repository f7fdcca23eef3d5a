"""Commands of handing over and of looking back."""

from .handover import handover

COMMANDS = [handover]
