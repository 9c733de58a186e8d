"""Documents in PDF."""

from entraide.portal.foundation.papers.render import render_pdf

__all__ = ["render_pdf"]
