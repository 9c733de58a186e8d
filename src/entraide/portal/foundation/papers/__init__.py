"""Documents in PDF, and drawings as pictures."""

from entraide.portal.foundation.papers.render import render_pdf, render_picture, render_print

__all__ = ["render_pdf", "render_picture", "render_print"]
