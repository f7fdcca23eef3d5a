"""What the feature does: plans, assignments, papers."""

from .adopting import Adopted, adopt, undo
from .pairs import add_pair, end_pair
from .planning import propose
from .posting import confirm_many, confirm_posting, withdraw_posting
from .printing import print_download, print_many, print_one
from .reassigning import reassign
from .settling import move_units, settle
from .signing import record_paper, sign, withdraw_paper

__all__ = [
    "Adopted",
    "add_pair",
    "adopt",
    "confirm_many",
    "confirm_posting",
    "end_pair",
    "move_units",
    "print_download",
    "print_many",
    "print_one",
    "propose",
    "reassign",
    "record_paper",
    "settle",
    "sign",
    "undo",
    "withdraw_paper",
    "withdraw_posting",
]
