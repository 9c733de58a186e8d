"""Documents in PDF."""

from entraide.portal.foundation.papers.render import render_pdf, render_print

__all__ = ["render_pdf", "render_print"]
