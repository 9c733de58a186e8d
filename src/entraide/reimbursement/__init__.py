"""The reimbursement engine: pure, dated, explained. Amounts are integer cents, rates basis points."""

from entraide.reimbursement.acts import CareBasket, Kind, Vocabulary, load_vocabulary
from entraide.reimbursement.breakdown import Breakdown, Display, Movement, Share, Step, StepKind
from entraide.reimbursement.care import (
    Care,
    CareLine,
    Equipment,
    Exemption,
    LensClass,
    Pathway,
    Scheme,
    Sector,
    Side,
    Situation,
    Stay,
    StayEnd,
    Ward,
)
from entraide.reimbursement.complementary.cover import Cover, Enrolment
from entraide.reimbursement.complementary.guarantees import Contract, Guarantee
from entraide.reimbursement.complementary.tables import load_contracts
from entraide.reimbursement.counters import Counters
from entraide.reimbursement.engine import price_in_order, reimburse
from entraide.reimbursement.errors import CareError, CareFault, DataError, DataFault, ParameterGap
from entraide.reimbursement.money import Words, euros, percent
from entraide.reimbursement.parameters.book import ParameterBook
from entraide.reimbursement.parameters.reader import load_parameters

__all__ = [
    "Breakdown",
    "Care",
    "CareBasket",
    "CareError",
    "CareFault",
    "CareLine",
    "Contract",
    "Counters",
    "Cover",
    "DataError",
    "DataFault",
    "Display",
    "Enrolment",
    "Equipment",
    "Exemption",
    "Guarantee",
    "Kind",
    "LensClass",
    "Movement",
    "ParameterBook",
    "ParameterGap",
    "Pathway",
    "Scheme",
    "Sector",
    "Share",
    "Side",
    "Situation",
    "Stay",
    "StayEnd",
    "Step",
    "StepKind",
    "Vocabulary",
    "Ward",
    "Words",
    "euros",
    "load_contracts",
    "load_parameters",
    "load_vocabulary",
    "percent",
    "price_in_order",
    "reimburse",
]
