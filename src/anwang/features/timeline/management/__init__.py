"""Commands of handing over and of looking back."""

from .handover import handover
from .review import review_pack

COMMANDS = [handover, review_pack]
