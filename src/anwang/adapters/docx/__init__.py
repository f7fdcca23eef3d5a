"""Documents as DOCX that WPS, Word and LibreOffice open alike."""

from anwang.adapters.docx.render import render_docx

__all__ = ["render_docx"]
