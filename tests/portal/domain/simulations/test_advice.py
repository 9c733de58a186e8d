"""Which request an adviser gets: the one that the mutual has for this kind of quote."""

from dataclasses import replace

import pytest
from django.conf import LazySettings

from entraide.portal.domain.requests.catalogue import type_named
from entraide.portal.domain.simulations.advice import CATEGORY, advice_type
from entraide.reimbursement import Kind


@pytest.mark.parametrize("kind", [*Kind, None])
def test_every_kind_of_care_has_a_request_of_the_mutual(kind: Kind | None) -> None:
    found = advice_type(kind)

    assert found is not None
    assert type_named(CATEGORY, found) is not None


def test_teeth_glasses_and_hearing_go_to_those_who_know_them() -> None:
    kinds = (Kind.DENTAL, Kind.OPTICAL, Kind.HEARING, Kind.HOSPITAL, Kind.PHARMACY, None)

    assert [advice_type(kind) for kind in kinds] == [
        "quote-dental", "quote-optical", "quote-hearing", "quote-hospital", "quote-other", "quote-other",
    ]  # fmt: skip


def test_a_mutual_that_takes_no_quotes_offers_no_adviser(settings: LazySettings) -> None:
    deposit = settings.PROFILE.deposit
    others = tuple(each for each in deposit.categories if each.id != CATEGORY)
    settings.PROFILE = replace(settings.PROFILE, deposit=replace(deposit, categories=others))

    assert advice_type(Kind.DENTAL) is None
