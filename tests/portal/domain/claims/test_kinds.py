"""The portal's choices and the engine's are the same words: neither imports the other's."""

from entraide.portal.domain.claims.enums import CareKind
from entraide.portal.domain.contracts.enums import CoverageTier
from entraide.reimbursement import Kind
from entraide.reimbursement.complementary.guarantees import CoverageTier as EngineTier


def test_kinds_of_care_and_tiers_of_contracts_are_those_of_the_engine() -> None:
    assert CareKind.values == [one.value for one in Kind]
    assert CoverageTier.values == [one.value for one in EngineTier]
