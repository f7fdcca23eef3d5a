"""What the feature does: plans, assignments, papers."""

from .adopting import Adopted, adopt, undo
from .pairs import add_pair, end_pair
from .planning import propose
from .reassigning import reassign
from .settling import move_units, settle

__all__ = ["Adopted", "add_pair", "adopt", "end_pair", "move_units", "propose", "reassign", "settle", "undo"]
