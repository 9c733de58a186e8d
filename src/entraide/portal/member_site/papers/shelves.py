"""A shelf of documents, filtered by kind and year."""

from collections.abc import Sequence

from django.http import QueryDict

from entraide.portal.domain.library.queries import Paper
from entraide.portal.domain.library.words import document_kind, document_kinds
from entraide.portal.member_site.papers.forms import FilterForm
from entraide.portal.member_site.papers.rows import PaperRow, shelf_row

OTHER = "other"


def shelf_page(papers: Sequence[Paper], asked: QueryDict) -> tuple[FilterForm, list[PaperRow]]:
    """The form that filters this shelf, and the lines that it leaves; none of an invalid one."""
    there = {_choice(paper.kind) for paper in papers}
    kinds = [(kind, word) for kind, word in document_kinds().items() if kind in there]
    if OTHER in there:
        kinds.append((OTHER, document_kind(OTHER)))
    years = sorted({paper.published_on.year for paper in papers}, reverse=True)
    form = FilterForm(asked, kinds=kinds, years=years)
    if not form.is_valid():
        return form, []
    kind, year = form.kind_chosen, form.year_chosen
    found = [
        paper
        for paper in papers
        if kind in ("", _choice(paper.kind)) and year in (None, paper.published_on.year)
    ]
    return form, [shelf_row(paper) for paper in found]


def _choice(kind: str) -> str:
    """The kind by which a document is found: one for all kinds with the same word, one for those without."""
    word = document_kinds().get(kind)
    return next((each for each, its_word in document_kinds().items() if its_word == word), OTHER)
