"""The documents of the demo: a small library per mutual, as tagged PDF files."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import font_source_sans_pro
import typst

from entraide.demo import sheets
from entraide.demo.contributions import payers_of, schedule_of
from entraide.demo.people import Household
from entraide.demo.sheets import Section
from entraide.profiles import Profile, Text

_TEMPLATE = Path(__file__).with_name("paper.typ")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

_LETTERS = 4
_FRENCH_RANKS, _ENGLISH_RANKS = ("1er", "2e", "3e", "4e"), ("1st", "2nd", "3rd", "4th")

Shelf = Literal["contract", "information"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document and for whom: one member, one segment, or everyone when both are empty."""

    kind: str
    shelf: Shelf
    title: Text
    published_on: date
    sections: tuple[Section, ...]
    segment: str = ""
    member_number: str = ""

    @property
    def reference(self) -> str:
        parts = (f"{self.published_on:%Y%m}", self.kind, self.segment, self.member_number)
        return "-".join(part for part in parts if part)

    @property
    def file(self) -> str:
        return f"documents/{self.reference}.pdf"


def papers_of(profile: Profile, people: tuple[Household, ...], *, on: date) -> Iterator[Paper]:
    """The year's contract papers, those of a segment and of one member, and some to read."""
    yield from _contract_papers(profile, year=on.year)
    yield from _papers_to_read(on=on)
    yield from _papers_of_one(profile, people, year=on.year)


def _contract_papers(profile: Profile, *, year: int) -> Iterator[Paper]:
    new_year, last_segment = date(year, 1, 1), profile.segments[-1].id
    yield Paper(
        kind="guarantees", shelf="contract", published_on=new_year,
        sections=sheets.guarantees(year, profile.guarantees),
        title=Text(f"Tableau de garanties {year}", f"Schedule of benefits {year}"),
    )  # fmt: skip
    yield Paper(
        kind="notice", shelf="contract", published_on=new_year, sections=sheets.notice(year),
        title=Text(f"Notice d’information {year}", f"Information notice {year}"),
    )  # fmt: skip
    yield Paper(
        kind="assistance-notice", shelf="contract", published_on=new_year, sections=sheets.assistance(),
        title=Text(f"Notice d’assistance {year}", f"Assistance notice {year}"),
    )  # fmt: skip
    yield Paper(
        kind="membership-form", shelf="contract", published_on=new_year, sections=sheets.membership_form(),
        title=Text("Bulletin d’adhésion", "Membership form"),
    )  # fmt: skip
    yield Paper(
        kind="contributions", shelf="contract", published_on=new_year, sections=sheets.contributions(year),
        title=Text(f"Grille des cotisations {year}", f"Contribution scale {year}"), segment=last_segment,
    )  # fmt: skip


def _papers_to_read(*, on: date) -> Iterator[Paper]:
    """The letters of the last twelve months, newest first, and two guides."""
    for back in range(_LETTERS):
        quarter = (on.year * 12 + on.month - 1) // 3 - back
        year, number = divmod(quarter, 4)
        yield Paper(
            kind="health-letter", shelf="information", published_on=date(year, 3 * number + 1, 1),
            sections=sheets.health_letter(number),
            title=Text(
                f"La lettre santé, {_FRENCH_RANKS[number]} trimestre {year}",
                f"The health letter, {_ENGLISH_RANKS[number]} quarter {year}",
            ),
        )  # fmt: skip
        if number % 2 == 0:
            half = number // 2
            yield Paper(
                kind="member-letter", shelf="information", published_on=date(year, 6 * half + 1, 1),
                sections=sheets.member_letter(),
                title=Text(
                    f"La lettre aux adhérents, {_FRENCH_RANKS[half]} semestre {year}",
                    f"The letter to members, {_ENGLISH_RANKS[half]} half of {year}",
                ),
            )  # fmt: skip
    guides = (
        ("guide", sheets.guide(), Text("Comprendre mes remboursements", "Understanding my reimbursements")),
        ("portal-guide", sheets.portal_guide(), Text("Guide de votre espace", "Guide to your member area")),
    )
    for kind, sections, title in guides:
        yield Paper(
            kind=kind, shelf="information", published_on=date(on.year, 1, 1), sections=sections, title=title
        )


def _papers_of_one(profile: Profile, people: tuple[Household, ...], *, year: int) -> Iterator[Paper]:
    new_year = date(year, 1, 1)
    payer = next(iter(payers_of(profile, people)), people[0])
    lines = schedule_of(profile, payer, year=year, on=new_year)
    yield Paper(
        kind="schedule", shelf="contract", published_on=new_year, sections=sheets.schedule(year, lines),
        title=Text(f"Échéancier de cotisations {year}", f"Contribution payment schedule {year}"),
        member_number=payer.member.number,
    )  # fmt: skip
    for household in dict.fromkeys((people[0], payer)):
        yield Paper(
            kind="certificate", shelf="contract", published_on=new_year,
            sections=sheets.certificate(year, household.member.number),
            title=Text(f"Attestation d’adhésion {year}", f"Certificate of membership {year}"),
            member_number=household.member.number,
        )  # fmt: skip


@contextmanager
def open_press(profile: Profile) -> Iterator["Press"]:
    """A press with fonts of its own for as long as it prints."""
    # The package holds each font in two formats, and the one used would depend on how the disk lists them.
    with TemporaryDirectory() as folder:
        for weight in ("Regular", "Semibold", "Bold"):
            shutil.copy(Path(font_source_sans_pro.font_directory, f"SourceSansPro-{weight}.ttf"), folder)
        yield Press(profile, fonts=Path(folder))


def example_paper(profile: Profile, *, on: date) -> bytes:
    """The PDF that the people of the demo send, whatever it is for."""
    paper = Paper(
        kind="example", shelf="information", published_on=on, sections=sheets.example(),
        title=Text("Document d’exemple", "Example document"),
    )  # fmt: skip
    with open_press(profile) as press:
        return press.pdf(paper)


class Press:
    """Prints papers of one mutual; the fonts are read once."""

    def __init__(self, profile: Profile, *, fonts: Path) -> None:
        self._profile = profile
        self._compiler = typst.Compiler(
            _TEMPLATE,
            root=_TEMPLATE.parent,
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
            ),
        )

    def pdf(self, paper: Paper) -> bytes:
        """A PDF/UA-1 file: the compiler refuses what a screen reader could not follow."""
        printed = self._compiler.compile(
            format="pdf",
            sys_inputs={"sheet": json.dumps(self._sheet(paper), ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=datetime.combine(paper.published_on, datetime.min.time(), tzinfo=UTC),
        )
        if not isinstance(printed, bytes):
            raise TypeError(f"one PDF expected for {paper.reference}")
        return printed

    def _sheet(self, paper: Paper) -> dict[str, object]:
        return {
            "title": paper.title.fr,
            "mutual": self._profile.identity.name,
            "brand": self._profile.theme.brand,
            "dated": f"{_MONTHS[paper.published_on.month - 1]} {paper.published_on.year}",
            "legal": "Document de démonstration, sans valeur contractuelle.",
            "sections": [asdict(section) for section in paper.sections],
        }
