"""The rate of the line: family and day, pathway, exemptions, local scheme."""

from dataclasses import dataclass

from entraide.reimbursement.acts import Procedure
from entraide.reimbursement.care import Care, Exemption, Pathway, Scheme
from entraide.reimbursement.money import FULL
from entraide.reimbursement.parameters.book import ParameterBook

PATHWAY_AGE = 16
_EXEMPTION_SOURCE = "CSS art. L160-14"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Basis points: `general` scheme, `local` scheme on top of it, `increase` lost outside the pathway."""

    general: int
    local: int
    increase: int
    rule: str
    source: str

    @property
    def total(self) -> int:
        return self.general + self.local


def rate_of(procedure: Procedure, care: Care, book: ParameterBook) -> Rate:
    """The rate that applies; a rate given by the fund is taken as it is."""
    if not procedure.rate:
        return Rate(general=0, local=0, increase=0, rule="rate.none", source="")
    on, row = care.line.on, book.row(procedure.rate, care.line.on)
    increase = _increase(procedure, care, row.value, book)
    exemption = _full_exemption(procedure, care)
    local = 0
    if care.situation.scheme is Scheme.ALSACE_MOSELLE and book.knows(f"{procedure.rate}.local"):
        local = book.value(f"{procedure.rate}.local", on) - row.value
    if care.line.rate is not None:
        lost = min(increase, max(0, min(FULL, row.value + local) - care.line.rate))
        return Rate(
            general=care.line.rate, local=0, increase=lost,
            rule="rate.given", source="décompte de l’Assurance maladie",
        )  # fmt: skip
    if exemption:
        source = _EXEMPTION_SOURCE if exemption != "rate.major" else "CSS art. R160-16"
        return Rate(general=FULL - increase, local=0, increase=increase, rule=exemption, source=source)
    rule, source = (
        ("rate.outside", book.row("rate.outside_pathway", on).source) if increase else ("rate", row.source)
    )
    return Rate(general=row.value - increase, local=local, increase=increase, rule=rule, source=source)


def _increase(procedure: Procedure, care: Care, rate: int, book: ParameterBook) -> int:
    """Points lost by a patient of 16 or more outside the care pathway (CSS art. L162-5-3)."""
    outside = care.line.pathway is Pathway.OUTSIDE and procedure.family.pathway
    if not outside or care.situation.age_on(care.line.on) < PATHWAY_AGE:
        return 0
    return max(0, rate - book.value("rate.outside_pathway", care.line.on))


def _full_exemption(procedure: Procedure, care: Care) -> str:
    """The rule by which the whole base is paid, or nothing."""
    if care.line.exemption is not Exemption.NONE:
        return f"rate.exempt.{care.line.exemption.value}"
    if care.situation.means_tested_cover:
        return "rate.exempt.means_tested_cover"
    if care.situation.state_medical_aid:
        return "rate.exempt.state_medical_aid"
    # The flat charge replaces the co-payment of the whole stay (CSS art. R160-16).
    if procedure.needs_stay and care.line.stay is not None and care.line.stay.major_procedure:
        return "rate.major"
    return ""
