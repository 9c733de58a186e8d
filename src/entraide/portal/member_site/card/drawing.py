"""The code of a card as a picture: a QR that holds the link to the check, with the code behind its #.

What stands behind the # never leaves the browser that opens the link: no log of any server holds it.
"""

import io

import segno
from django.conf import settings
from django.urls import reverse

from entraide.portal.domain.card.codes import code_of
from entraide.portal.domain.card.queries import CoverageCard


def link_of(card: CoverageCard) -> str:
    """What a phone opens when it reads the card."""
    return f"{settings.ENTRAIDE.public_url}{reverse('card-check')}#{code_of(card)}"


def svg_of(card: CoverageCard, *, title: str = "") -> str:
    """The QR as a drawing without a size: black on white in any theme, with the quiet zone around it."""
    out = io.BytesIO()
    segno.make(link_of(card), error="m", micro=False).save(
        out, kind="svg", border=4, light="#fff", xmldecl=False, omitsize=True, title=title or None,
        svgclass="pass__drawing", lineclass=None, nl=False,
    )  # fmt: skip
    return out.getvalue().decode()
