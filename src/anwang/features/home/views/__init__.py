"""First pages."""

from .home import home, my_enterprises

__all__ = ["home", "my_enterprises"]
