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
        return "-".join(part for part in (f"{self.published_on:%Y%m}", self.kind, self.member_number) if part)

    @property
    def file(self) -> str:
        return f"documents/{self.reference}.pdf"


def papers_of(profile: Profile, people: tuple[Household, ...], *, on: date) -> Iterator[Paper]:
    """The year's contract papers, those of a segment and of one member, and two to read."""
    year, new_year = on.year, date(on.year, 1, 1)
    quarter = date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)
    last_segment = profile.segments[-1].id
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
        kind="membership-form", shelf="contract", published_on=new_year, sections=sheets.membership_form(),
        title=Text("Bulletin d’adhésion", "Membership form"),
    )  # fmt: skip
    yield Paper(
        kind="contributions", shelf="contract", published_on=new_year, sections=sheets.contributions(year),
        title=Text(f"Grille des cotisations {year}", f"Contribution scale {year}"), segment=last_segment,
    )  # fmt: skip
    yield Paper(
        kind="health-letter", shelf="information", published_on=quarter, sections=sheets.health_letter(),
        title=Text("La lettre santé du trimestre", "The quarter’s health letter"),
    )  # fmt: skip
    yield Paper(
        kind="guide", shelf="information", published_on=new_year, sections=sheets.guide(),
        title=Text("Comprendre mes remboursements", "Understanding my reimbursements"),
    )  # fmt: skip
    payer = next(iter(payers_of(profile, people)), people[0])
    lines = schedule_of(profile, payer, year=year, on=new_year)
    yield Paper(
        kind="schedule", shelf="contract", published_on=new_year, sections=sheets.schedule(year, lines),
        title=Text(f"Échéancier de cotisations {year}", f"Contribution payment schedule {year}"),
        member_number=payer.member.number,
    )  # fmt: skip


@contextmanager
def open_press(profile: Profile) -> Iterator["Press"]:
    """A press with fonts of its own for as long as it prints."""
    # The package holds each font in two formats, and the one used would depend on how the disk lists them.
    with TemporaryDirectory() as folder:
        for weight in ("Regular", "Semibold", "Bold"):
            shutil.copy(Path(font_source_sans_pro.font_directory, f"SourceSansPro-{weight}.ttf"), folder)
        yield Press(profile, fonts=Path(folder))


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
