"""Which fonts there are, and which of them play the four faces of official documents."""

from anwang.adapters.fonts.faces import FontSet, font_set, fonts_folder

__all__ = ["FontSet", "font_set", "fonts_folder"]
