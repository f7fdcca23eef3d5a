"""Acts that touch several features at once."""

from .regridding import regrid

__all__ = ["regrid"]
