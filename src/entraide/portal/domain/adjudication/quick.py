"""Plain lines of people without a history in the year, priced as integers; the cents are the engine's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from entraide.portal.domain.adjudication.enums import RecordKind
from entraide.portal.domain.adjudication.history import History
from entraide.portal.domain.adjudication.staged import StagedLine
from entraide.reimbursement import Cover, Enrolment, Exemption, Pathway, Sector, load_parameters
from entraide.reimbursement.batch import Batch, Folder, LineKind
from entraide.reimbursement.dates import add_months

_LONG_AGO = date(1900, 1, 1)
_LINE = RecordKind.LINE.value
# Plans are kept for each cover: after so many of them they are made anew.
_COVERS_KEPT = 500


@dataclass(frozen=True, slots=True)
class QuickPrice:
    """What is stored of a priced line; cents, and what each contract pays in their order."""

    withheld: int
    shares: tuple[tuple[str, int], ...]


class QuickPricer:
    """Prices whole folders; None for what needs the engine itself."""

    def __init__(self, kinds: Sequence[tuple[str, str, str, str]]) -> None:
        self._numbers = {kind: number for number, kind in enumerate(kinds)}
        self._kinds = [
            LineKind(act, Sector(sector), Pathway(pathway), Exemption(exemption))
            for act, sector, pathway, exemption in kinds
        ]
        self._start()

    def _start(self) -> None:
        self._batch = Batch(self._kinds, load_parameters())
        self._covers: dict[object, Cover] = {}

    def price(self, history: History, rows: Sequence[StagedLine]) -> list[QuickPrice] | None:
        """One price for each line, only if the law comes to what the fund decided on every one of them."""
        if history.insured.without_table or not all(map(_is_plain, rows)) or _goes_on(history, rows):
            return None
        cover = self._shared(history.insured.cover, rows[0].care_date, rows[-1].care_date)
        if cover is None:
            return None
        who: dict[str, int] = {}
        lines = [
            (
                row.care_date.toordinal(),
                self._numbers[row.act_code, row.sector, row.pathway, row.exemption],
                row.charged,
                row.base,
                row.quantity,
                who.setdefault(row.professional, len(who)),
            )
            for row in rows
        ]
        results = self._batch.price_plain(Folder(history.insured.situation, cover, lines))
        if results is None:
            return None
        names = [each.number for each in cover.enrolments]
        prices = []
        for row, (base, gross, withheld, (_, *shares)) in zip(rows, results, strict=True):
            agrees = (base, gross - withheld) == (row.base, row.amo) and gross == _gross(row)
            if not agrees or row.withheld not in {None, withheld} or len(shares) != len(names):
                return None
            prices.append(QuickPrice(withheld, tuple(zip(names, shares, strict=True))))
        return prices

    def _shared(self, cover: Cover, first: date, last: date) -> Cover | None:
        """One object for covers that are alike for these lines; None when one begins or ends meanwhile."""
        enrolments = []
        for each in cover.enrolments:
            waits = max((g.waiting_months for v in each.versions for g in v.guarantees), default=0)
            if each.until is not None and each.until < first:
                continue
            if first < add_months(each.since, waits) or (each.until is not None and each.until < last):
                return None
            enrolments.append(each)
        key = tuple((each.number, each.waiting_waived) for each in enrolments)
        if len(self._covers) >= _COVERS_KEPT:
            self._start()
        if key not in self._covers:
            self._covers[key] = replace(
                cover, family="", enrolments=tuple(_always(each) for each in enrolments)
            )
        return self._covers[key]


def _always(enrolment: Enrolment) -> Enrolment:
    return replace(enrolment, since=_LONG_AGO, until=None)


def _gross(row: StagedLine) -> int:
    """The base at the rate that the fund tells."""
    return (row.base * row.rate + 50) // 100


def _is_plain(row: StagedLine) -> bool:
    special = row.side or row.tooth or row.lens_right or row.stay_from
    return row.record == _LINE and not special


def _goes_on(history: History, rows: Sequence[StagedLine]) -> bool:
    """Whether something stored counts in the same civil years."""
    if not history.payments and not history.lines:
        return False
    years = {row.care_date.year for row in rows}
    days = [row.care_date for row in history.payments] + [row.care_date for row in history.standing]
    return any(on.year in years for on in days)
