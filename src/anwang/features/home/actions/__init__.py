"""Acts that touch several features at once."""

from .regrid import regrid

__all__ = ["regrid"]
