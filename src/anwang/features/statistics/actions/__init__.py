"""Papers made, kept and handed out; each is in the trail."""

from .papers import KEPT_DAYS, PaperFile, make_paper, open_paper

__all__ = ["KEPT_DAYS", "PaperFile", "make_paper", "open_paper"]
