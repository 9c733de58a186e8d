"""Every golden case of the engine can be told to a member, in both languages (B-02)."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from django.utils.translation import override

from entraide.portal.domain.claims.enums import CareKind
from entraide.portal.domain.claims.explanation import Explained
from entraide.portal.domain.claims.payments import Line, Shares
from entraide.portal.domain.claims.sight import PersonName
from entraide.portal.member_site.reimbursements.stories import act_of
from entraide.profiles import Text
from entraide.reimbursement import Breakdown, Counters, load_parameters, reimburse
from tests.reimbursement.cases import Case, care_of, cases, contracts, cover_of

CONTRACTS = contracts()
NAMES = {number: each.label for number, each in CONTRACTS.items()}


def breakdowns(case: Case) -> Iterator[Breakdown]:
    counters, cover = Counters(), cover_of(case, CONTRACTS)
    for number, table in enumerate(case.lines, 1):
        if "reverse" in table or "refused" in table:
            continue
        found = reimburse(care_of(case, table, number), cover, counters, load_parameters())
        counters = counters.record(found)
        yield found


def explained(found: Breakdown) -> Explained:
    line = Line(
        id=uuid4(),
        person=PersonName(uuid4(), "Anne", "Anne Vautrin"),
        kind=CareKind.OTHER,
        label=Text("Soin", "Care"),
        professional="",
        care_date=date(2026, 1, 1),
        claim_number="S1",
        base=found.base,
        rate=found.rate // 100,
        shares=Shares(charged=found.fee, amo=found.amo, amc=found.amc, left=found.left),
    )
    return Explained(line, steps=found.steps, note=found.display().note, contracts=NAMES)


# Members are sent to the law, to public bodies and to their own contract, to nobody else.
OFFICIAL = (
    "Code de la sécurité sociale, ", "Code de l’action sociale et des familles, ", "code de la mutualité ",
    "décret ", "arrêté ", "convention ", "ameli.fr", "service-public.fr", "règlement du contrat",
)  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.file}: {case.title}")
def test_what_stands_in_bold_adds_up_to_the_price(case: Case, language: str) -> None:
    for found in breakdowns(case):
        with override(language):
            story = act_of(explained(found)).story

        assert story is not None
        assert sum(each.amount for each in story.sentences if each.strong) == found.fee
        assert all(each.words for each in story.sentences)
        assert story.sentences[0].amount == found.fee
        assert story.sentences[-1].amount == found.left
        assert all(each.source.startswith(OFFICIAL) for each in story.origins)
        assert not any(words in each.source for each in story.origins for words in ("confirmer", "(", "CSS"))
