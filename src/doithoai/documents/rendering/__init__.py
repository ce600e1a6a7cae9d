"""Official papers on the page: one model, rendered as PDF/A-2b and as DOCX with the same words."""

from doithoai.documents.rendering.bundle import bundle_pdf
from doithoai.documents.rendering.pdf import render_pdf, render_pdf_copies
from doithoai.documents.rendering.word import render_docx, render_docx_copies

__all__ = ["bundle_pdf", "render_docx", "render_docx_copies", "render_pdf", "render_pdf_copies"]
