"""Documents in PDF: accessible, always the same, and nothing of their data is run."""

import io
import threading
from datetime import UTC, datetime

import pikepdf
import pytest
from django.conf import settings

from entraide.portal.foundation.papers import render_pdf

AT = datetime(2026, 3, 3, 14, 5, tzinfo=UTC)
RECEIPT = "domain/requests/receipt.typ"


def data(**changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "sentence": "Nous avons bien reçu vos documents.",
        "reference": "ABCD-0000-0000",
        "facts": [["Reçu le", "3 mars 2026"]],
        "files_title": "Fichiers reçus",
        "head": ["Fichier", "Taille", "Empreinte"],
        "files": [["facture.pdf", "12 ko", "0" * 64]],
        "note": "Gardez ce papier.",
        "next": "Merci.",
    }
    return values | changes


def rendered(**changes: object) -> pikepdf.Pdf:
    document = render_pdf(RECEIPT, data(**changes), language="fr", title="Récépissé", at=AT)
    return pikepdf.open(io.BytesIO(document))


def tags_of(document: pikepdf.Pdf) -> list[str]:
    """The names of the structure, in reading order."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(str(node.S))
            walk(node.get("/K"))

    walk(document.Root.StructTreeRoot.K)
    return found


def test_a_document_is_tagged_for_screen_readers() -> None:
    document = rendered()

    tags = tags_of(document)

    assert "/H1" in tags
    assert {"/Table", "/THead", "/TH", "/TD", "/L"} <= set(tags)
    assert str(document.Root.Lang) == "fr"
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    assert str(document.docinfo["/Title"]) == "Récépissé"
    assert str(document.docinfo["/Author"]) == settings.PROFILE.identity.name


def test_the_same_arguments_give_the_same_bytes() -> None:
    first, second = (
        render_pdf(RECEIPT, data(), language="fr", title="Récépissé", at=AT, keywords=["a"]) for _ in range(2)
    )

    assert first == second


def test_only_our_own_font_is_used() -> None:
    document = rendered()

    dictionaries = [one for one in document.objects if isinstance(one, pikepdf.Dictionary)]
    fonts = {str(one.BaseFont) for one in dictionaries if "/BaseFont" in one}

    assert fonts
    assert all("SourceSansPro" in name for name in fonts)


@pytest.mark.parametrize(
    "name",
    [
        '#read("/etc/passwd")',
        "$ x $ *gras* `code`",
        "#import",
        "<label> @ref",
        "📷日本\u200d.pdf",
        "a" * 100,
        "\x07",
    ],
)
def test_a_name_is_printed_as_it_is_and_never_run(name: str) -> None:
    """Text of strangers reaches the page as text; a sign that no font draws does not cost the document."""
    assert len(rendered(files=[[name, "1 o", "0" * 64]]).pages) == 1


def test_a_long_table_runs_over_several_pages() -> None:
    assert len(rendered(files=[["facture.pdf", "12 ko", "0" * 64]] * 100).pages) > 1


def test_several_threads_print_at_once() -> None:
    printed: list[bytes] = []

    def work() -> None:
        printed.extend(render_pdf(RECEIPT, data(), language="fr", title="Récépissé", at=AT) for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(printed) == 20
    assert len(set(printed)) == 1
