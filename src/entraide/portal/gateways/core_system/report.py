"""What an import says when it is done: counts for each file, or each fault on one line."""

import re
from dataclasses import dataclass

from entraide.formats import iban, nir
from entraide.portal.domain.imports import FINDINGS_COUNTED, Counts, Finding, Findings

_SHOWN = 60
# What looks like a health insurance number or a bank account is masked wherever it stands: a shifted
# export puts them under other columns, and these lines end in log files.
_NIR_LIKE = re.compile(r"(?<![0-9])[1-8](?: ?[0-9]){5} ?[0-9AB](?: ?[0-9]){6,8}(?![0-9])")
_IBAN_LIKE = re.compile(r"(?<![A-Za-z])[A-Za-z]{2} ?[0-9]{2}(?: ?[A-Za-z0-9]){11,30}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason of a refusal. `line` is None when it is about the whole file."""

    file: str
    line: int | None
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        where = [self.file, f"line {self.line}" if self.line else "", self.column]
        return f"{', '.join(filter(None, where))}: found {self.found}, expected {self.expected}"


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file, taken in as a whole (`faults` is empty) or refused as a whole."""

    file: str
    counts: Counts
    faults: tuple[Fault, ...] = ()
    more: int = 0

    @property
    def rows(self) -> int:
        return self.counts.new + self.counts.changed + self.counts.unchanged

    def lines(self) -> list[str]:
        if not self.faults:
            counts = self.counts
            rows = "1 row" if self.rows == 1 else f"{self.rows} rows"
            kinds = f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged"
            return [f"{self.file}: {rows}, {kinds}"]
        told = [str(fault) for fault in self.faults]
        if self.more:
            least = "at least " if self.more + len(self.faults) >= FINDINGS_COUNTED else ""
            told.append(f"{self.file}: and {least}{self.more} more faults")
        return told


@dataclass(frozen=True, slots=True)
class Report:
    """The whole run: the files before a refused one are loaded, those after it were not read."""

    files: tuple[FileReport, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(fault for file in self.files for fault in file.faults)

    @property
    def is_refused(self) -> bool:
        return bool(self.faults)

    def lines(self) -> list[str]:
        return [line for file in self.files for line in file.lines()]

    def __str__(self) -> str:
        return "\n".join(self.lines())


class ImportRefused(Exception):
    """A file was refused; the text is the whole report, one line per fault."""

    def __init__(self, report: Report) -> None:
        super().__init__(str(report))
        self.report = report


def refused(file: str, findings: Findings) -> FileReport:
    ordered = sorted(findings.shown, key=lambda one: one.line or 0)
    return FileReport(
        file=file,
        counts=Counts(0, 0, 0),
        faults=tuple(_fault(file, finding) for finding in ordered),
        more=findings.total - len(ordered),
    )


def _fault(file: str, finding: Finding) -> Fault:
    return Fault(file, finding.line, finding.column, finding.found, finding.expected)


def shown(value: str) -> str:
    """A value as a fault may quote it: short, on one line, identity numbers and accounts masked."""
    if not value:
        return "nothing"
    text = _IBAN_LIKE.sub(lambda found: iban.mask(found[0]), value[: 4 * _SHOWN])
    text = _NIR_LIKE.sub(lambda found: nir.mask(found[0]), text)
    text = "".join(letter if letter.isprintable() else "�" for letter in text)
    return f'"{text[:_SHOWN]}…"' if len(text) > _SHOWN else f'"{text}"'
