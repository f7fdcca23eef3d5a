"""What the feature does: plans, assignments, papers."""

from .adopting import Adopted, adopt, undo
from .handing import Passed, deputise, end_deputies, pass_on, take_back
from .pairs import add_pair, end_pair
from .planning import propose
from .posting import confirm_many, confirm_posting, withdraw_posting
from .printing import print_download, print_many, print_one
from .reassigning import reassign
from .settling import move_units, settle
from .signing import record_paper, sign, withdraw_paper

__all__ = [
    "Adopted",
    "Passed",
    "add_pair",
    "adopt",
    "confirm_many",
    "confirm_posting",
    "deputise",
    "end_deputies",
    "end_pair",
    "move_units",
    "pass_on",
    "print_download",
    "print_many",
    "print_one",
    "propose",
    "reassign",
    "record_paper",
    "settle",
    "sign",
    "take_back",
    "undo",
    "withdraw_paper",
    "withdraw_posting",
]
