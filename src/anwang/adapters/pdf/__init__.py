"""Documents as PDF, set by typst."""

from anwang.adapters.pdf.batch import Batch, render_pdf_batches
from anwang.adapters.pdf.render import forget, render_pdf

__all__ = ["Batch", "forget", "render_pdf", "render_pdf_batches"]
