"""Which papers a reimbursement needs (PIECE-01…15, REMB-06, REMB-07), as both mutuals tell it."""

from pathlib import Path

import pytest

from entraide.profiles import Fault, Pieces, load_profile

MUTUALS = Path(__file__).parents[2] / "mutuals"
NOTHING: list[str] = []
STATEMENT = ["statement"]

# Type of care: what to send with a working feed, and without, when every cost was paid.
GUIDE = {
    "consultation": (NOTHING, STATEMENT),  # PIECE-01
    "laboratory-imaging": (NOTHING, STATEMENT),
    "specialist-surgery": (NOTHING, ["statement", "stamped-detailed-invoice"]),  # PIECE-02
    "alternative-care": (["stamped-invoice"], ["stamped-invoice"]),  # PIECE-03
    "pharmacy": (NOTHING, STATEMENT),  # PIECE-04
    "optical-frame": (NOTHING, STATEMENT),
    "contact-lenses-reimbursed": (NOTHING, STATEMENT),
    "optical-lenses": (
        ["prescription", "lens-invoice"],
        ["prescription", "statement", "lens-invoice"],
    ),  # PIECE-05
    "contact-lenses-other": (["prescription", "invoice"], ["prescription", "invoice"]),  # PIECE-06
    "eye-surgery": (["detailed-invoice"], ["detailed-invoice"]),  # PIECE-07
    "dental-care": (NOTHING, STATEMENT),  # PIECE-08
    "dental-prosthesis": (["invoice"], ["statement", "invoice"]),  # PIECE-09
    "dental-other": (["detailed-invoice"], ["detailed-invoice"]),  # PIECE-10
    "hearing-aid": (NOTHING, STATEMENT),  # PIECE-11
    "orthopaedics": (NOTHING, STATEMENT),
    "hospital-stay": (  # PIECE-12
        ["invoice", "payment-notice", "billing-slip"],
        ["invoice", "payment-notice", "billing-slip"],
    ),
    "hospital-comfort": (["detailed-invoice"], ["detailed-invoice"]),
    "spa-cure": (["detailed-invoice"], ["statement", "detailed-invoice"]),  # PIECE-13
    "prevention-reimbursed": (  # PIECE-14
        ["prescription", "detailed-invoice"],
        ["prescription", "statement", "detailed-invoice"],
    ),
    "prevention-other": (["prescription", "detailed-invoice"], ["prescription", "detailed-invoice"]),
}


@pytest.fixture(params=["mese", "mieux-etre"])
def pieces(request) -> Pieces:
    return load_profile(MUTUALS / request.param).pieces


def ids(pieces, type_id, *, paid="all", has_feed):
    return [one.id for one in pieces.needed(pieces.care_of(type_id), paid=paid, has_feed=has_feed)]


def test_every_care_of_the_guide_has_its_papers_with_and_without_the_feed(pieces):
    """PIECE-01…14, REMB-06."""
    told = {
        one.type: (ids(pieces, one.type, has_feed=True), ids(pieces, one.type, has_feed=False))
        for one in pieces.cares
    }

    assert told == GUIDE


def test_third_party_payment_on_one_share_asks_for_the_statement_and_the_receipt(pieces):
    """REMB-07: although the feed works."""
    assert ids(pieces, "consultation", paid="third_party", has_feed=True) == ["statement", "receipt"]
    assert ids(pieces, "contact-lenses-other", paid="third_party", has_feed=True) == [
        "prescription", "statement", "invoice", "receipt",
    ]  # fmt: skip


def test_a_part_payment_adds_the_detailed_invoice_to_every_care(pieces):
    """PIECE-15: an invoice that is detailed already, or asked for plain, is not asked for twice."""
    assert ids(pieces, "pharmacy", paid="part", has_feed=True) == ["detailed-invoice"]
    assert ids(pieces, "dental-prosthesis", paid="part", has_feed=True) == ["detailed-invoice"]
    assert ids(pieces, "optical-lenses", paid="part", has_feed=True) == ["prescription", "lens-invoice"]
    for care in pieces.cares:
        asked = ids(pieces, care.type, paid="part", has_feed=False)
        assert {"detailed-invoice", "lens-invoice", "stamped-detailed-invoice"} & set(asked)


def test_who_paid_nothing_sends_nothing(pieces):
    for care in pieces.cares:
        assert pieces.needed(care, paid="nothing", has_feed=False) == ()


def test_only_lenses_without_reimbursement_limit_the_age_of_a_prescription(pieces):
    """PIECE-06."""
    limits = {one.type: one.prescription_months for one in pieces.cares if one.prescription_months}

    assert limits == {"contact-lenses-other": 24}


def test_a_care_that_is_no_type_of_deposit_is_refused(green):
    green.change("pieces.toml", 'type = "pharmacy"', 'type = "pharmacie"')

    expected = "the id of a type of papers.toml"
    assert green.faults() == (Fault("pieces.toml", "care[pharmacie].type", '"pharmacie"', expected),)


def test_a_paper_that_is_not_described_is_refused(green):
    green.change("pieces.toml", 'third_party = ["statement", "receipt"]', 'third_party = ["bill"]')

    (fault,) = green.faults()
    assert (fault.file, fault.key, fault.found) == ("pieces.toml", "third_party", '"bill"')
    assert fault.expected.startswith("one of prescription, statement, invoice")


def test_a_care_told_twice_is_refused(green):
    green.change("pieces.toml", 'type = "pharmacy"', 'type = "consultation"')

    assert green.faults() == (Fault("pieces.toml", "care", '"consultation" twice', "each id once"),)


def test_an_age_of_prescription_without_a_prescription_is_refused(green):
    green.change("pieces.toml", 'type = "pharmacy"', 'type = "pharmacy"\nprescription_months = 24')

    expected = "0, or a prescription among with_feed and without_feed"
    key = "care[pharmacy].prescription_months"
    assert green.faults() == (Fault("pieces.toml", key, "24", expected),)


def test_a_paper_without_its_english_is_refused(green):
    green.change("pieces.toml", ', en = "The prescription"', "")

    key = "paper[prescription].label.en"
    assert green.faults() == (Fault("pieces.toml", key, "nothing", "a text in English"),)
