"""Papers made, kept and handed out; each is in the trail."""

from .papers import PaperFile, make_paper, open_paper

__all__ = ["PaperFile", "make_paper", "open_paper"]
