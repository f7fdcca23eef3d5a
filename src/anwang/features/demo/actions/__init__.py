"""Making a demonstration."""

from .making import Made, make_demo
from .sizes import SIZES

__all__ = ["SIZES", "Made", "make_demo"]
