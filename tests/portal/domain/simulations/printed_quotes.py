"""Quotes of nobody, in our words, printed as PDF: three trades, and a scan."""

import io
import json
from collections.abc import Sequence
from functools import lru_cache

import typst
from PIL import Image

from entraide.portal.foundation.papers import render

Rows = Sequence[Sequence[str]]
_PAPER = """
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: 1.5cm)
#set text(font: "Source Sans Pro", size: 9pt, lang: "fr")
= #data.title
Patient : Camille Exemple, fictif. Établi le 20/11/2026, valable un mois.
#table(
  columns: data.widths.map(each => if each == 0 { 1fr } else { each * 1cm }),
  align: if data.middle { horizon } else { top },
  table.header(..data.head), ..data.rows.flatten(),
)
Merci de votre confiance. Ce devis ne vaut pas facture.
"""
DENTAL_HEAD = (
    "N° dent", "Code CCAM", "Nature de l’acte", "Qté", "Honoraires", "Base de remboursement",
    "Remboursé Assurance maladie", "Non remboursé",
)  # fmt: skip
DENTAL_WIDTHS = (1.2, 2, 0, 1.2, 2.4, 2.4, 2.4, 2.4)
DENTAL = (
    ("26", "HBLD734", "Couronne dentaire céramo-métallique sur une molaire", "1", "600,00 €", "107,50 €",
     "64,50 €", "535,50 €"),
    ("", "HBJD001", "Détartrage complet, deux arcades", "1", "28,92 €", "28,92 €", "17,35 €", "11,57 €"),
    ("16", "LBLD075", "Pose d’un pilier implantaire", "1", "450,00 €", "", "", "450,00 €"),
    ("", "", "Remise", "", "-20,00 €", "", "", ""),
    ("", "", "Total", "", "1 058,92 €", "136,42 €", "81,85 €", "997,07 €"),
)  # fmt: skip
OPTICAL_HEAD = ("Désignation", "Quantité", "Prix unitaire TTC", "Total TTC", "Base Sécu", "TVA")
OPTICAL = (
    ("Monture classe B, acier", "1", "140,00 €", "140,00 €", "0,05 €", "20,00 %"),
    ("Verres classe B, complexes, OD -2,25 OG -3,00", "2", "210,00 €", "420,00 €", "0,10 €", "5,50 %"),
    ("Traitement contre les reflets", "1", "30,00 €", "30,00 €", "", "20,00 %"),
    ("Total TTC", "", "", "590,00 €", "0,15 €", ""),
)
HEARING_HEAD = ("Appareil proposé", "Quantité", "Prix unitaire", "Tarif de responsabilité")
HEARING = (
    ("Aide auditive classe I, contour d’oreille", "2", "950,00 €", "400,00 €"),
    ("Embout sur mesure", "2", "0,00 €", "4,20 €"),
)


@lru_cache(maxsize=32)
def printed(
    title: str, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...], widths: tuple[float, ...] = (),
    middle: bool = False,
) -> bytes:  # fmt: skip
    """A page with one table; `middle`: cells of several lines stand in the middle of their row."""
    data = {
        "title": title, "head": head, "rows": rows, "middle": middle,
        "widths": widths or (0, *[2.6] * (len(head) - 1)),
    }  # fmt: skip
    compiler = typst.Compiler(font_paths=render._fonts())
    document = compiler.compile(
        input=_PAPER.encode(), format="pdf", sys_inputs={"data": json.dumps(data)}, timestamp=0
    )
    assert isinstance(document, bytes)
    return document


def dental(*, middle: bool = False) -> bytes:
    return printed("Devis pour soins et prothèses dentaires", DENTAL_HEAD, DENTAL, DENTAL_WIDTHS, middle)


def optical() -> bytes:
    return printed("Devis de lunettes", OPTICAL_HEAD, OPTICAL)


def hearing() -> bytes:
    return printed("Devis d’aides auditives", HEARING_HEAD, HEARING)


@lru_cache(maxsize=1)
def scan() -> bytes:
    """A PDF that holds one picture and no letter."""
    out = io.BytesIO()
    Image.effect_noise((300, 400), 60).convert("RGB").save(out, "PDF")
    return out.getvalue()
