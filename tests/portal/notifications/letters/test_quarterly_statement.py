"""One letter: whose payments it tells, what of them, and where its address stands (REMB-03, A40)."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from entraide.portal.domain.claims.by_post import Addressee, Skipped, WhyNot, addressees, posted_statements
from entraide.portal.domain.claims.models import Payment
from entraide.portal.domain.claims.periods import Quarter
from entraide.portal.domain.claims.statements import statement_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.member_site.reimbursements.statement import statement_data
from entraide.portal.notifications.letters.quarterly_statement import Sheaf, letter_words, sheaf_of
from tests.conftest import Household
from tests.portal.domain.claims.care import SECRETS, Care, pay
from tests.portal.domain.claims.family import paid
from tests.portal.member_site.reimbursements.pdf_text import pages_of, text_of
from tests.portal.notifications.letters.post import AUTUMN, JANUARY, by_post, places_of, reader

__all__ = ["paid"]
pytestmark = pytest.mark.django_db


def letter_of(household: Household, *, across: str = "") -> Sheaf:
    statements = posted_statements([household.member.pk], AUTUMN, on=JANUARY)
    return sheaf_of(statements, AUTUMN, on=JANUARY, across=across)


def test_a_letter_tells_its_reader_care_and_only_the_amounts_of_others(
    household: Household, paid: None
) -> None:
    """A40: in the words, the properties and anywhere else in the file."""
    by_post(household.member)

    sheaf = letter_of(household)

    text = text_of(sheaf.document).replace("\N{NO-BREAK SPACE}", " ")
    assert "Docteur Amandier" in text
    assert "Docteur Elstir" in text  # of Elsa, who is 8
    assert not [secret for secret in SECRETS if secret in text]
    assert "Bruno Vautrin 150,00 €" in text
    assert "Chloé Vautrin 80,00 €" in text
    with pikepdf.open(BytesIO(sheaf.document)) as pdf:
        assert dict(pdf.docinfo.items()) == {"/Title": "Relevé de remboursements, 4e trimestre 2026"}
        assert "/Outlines" not in pdf.Root


def test_a_letter_tells_every_cent_that_was_paid(household: Household, paid: None) -> None:
    by_post(household.member)

    (statement,) = posted_statements([household.member.pk], AUTUMN, on=JANUARY)

    amounts = Payment.objects.filter(paid_on__gte=AUTUMN.first).values_list("amount", flat=True)
    assert statement.paid == sum(amounts) == 29305
    assert [one.paid_on for one in statement.payments] == sorted(one.paid_on for one in statement.payments)


def test_the_table_of_a_letter_is_that_of_the_portal(
    household: Household, viewer: Viewer, paid: None
) -> None:
    """The same payment gives the same words in both."""
    by_post(household.member)
    payment = Payment.objects.get(paid_on=date(2026, 11, 12))
    seen = statement_of(viewer, payment.statement_id, on=date(2026, 11, 22))
    assert seen is not None

    (statement,) = posted_statements([household.member.pk], AUTUMN, on=JANUARY)
    words = letter_words(statement, AUTUMN, on=JANUARY)

    in_portal = statement_data(viewer, seen)["payments"]
    assert [one for one in in_portal if one not in words["payments"]] == []


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 9, 30), Quarter(2026, 3)),
        (date(2026, 10, 1), Quarter(2026, 4)),
        (date(2026, 12, 31), Quarter(2026, 4)),
        (date(2027, 1, 1), Quarter(2027, 1)),
    ],
)
def test_a_payment_is_told_in_the_quarter_of_its_day_and_in_no_other(day: date, quarter: Quarter) -> None:
    reader("40000001", on=day)

    told = [
        one
        for one in (Quarter(2026, 3), Quarter(2026, 4), Quarter(2027, 1))
        if list(addressees(one, on=JANUARY))
    ]

    assert told == [quarter]


def test_who_gets_mails_gets_no_letter(household: Household, paid: None) -> None:
    assert list(addressees(AUTUMN, on=JANUARY)) == []


def test_care_of_another_adult_for_which_nothing_was_paid_makes_no_letter(
    household: Household, paid: None
) -> None:
    """A40: a letter without anything in it would tell that there was some."""
    by_post(household.member)

    assert list(addressees(Quarter(2026, 3), on=JANUARY)) == []


def test_own_care_for_which_nothing_was_paid_is_told(household: Household) -> None:
    by_post(household.member)
    own = Care(person=household.primary, charged=1000, amo=0, amc=0, base=0, rate=0)
    pay(household.member, own, on=date(2026, 10, 3))

    assert len(list(addressees(AUTUMN, on=JANUARY))) == 1


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ({"address_line1": " "}, WhyNot.NO_STREET),
        ({"postcode": ""}, WhyNot.NO_TOWN),
        ({"postcode": "1204 GE"}, WhyNot.NO_TOWN),
        ({"city": ""}, WhyNot.NO_TOWN),
        ({"address_line1": "Rue " * 30, "address_line2": "Bâtiment " * 13}, WhyNot.TOO_LONG),
    ],
)
def test_without_a_usable_address_there_is_no_letter_but_a_reason(
    address: dict[str, str], reason: WhyNot
) -> None:
    reader("40000001", **address)

    assert list(addressees(AUTUMN, on=JANUARY)) == [Skipped("40000001", reason)]


def test_without_a_primary_insured_there_is_no_letter_but_a_reason() -> None:
    person = reader("40000001")
    person.relationship = "spouse"
    person.save()

    assert list(addressees(AUTUMN, on=JANUARY)) == [Skipped("40000001", WhyNot.NO_PRIMARY)]


def test_letters_go_by_postcode_and_then_by_number() -> None:
    for number, postcode in (("40000003", "67000"), ("40000002", "67000"), ("40000004", "01000")):
        reader(number, postcode=postcode)

    found = [one.number for one in addressees(AUTUMN, on=JANUARY)]

    assert found == ["40000004", "40000002", "40000003"]


def test_the_address_stands_in_the_window_and_nothing_else_comes_there() -> None:
    """Six lines, the most there may be: DL folded in three and C5 folded in two, wherever the sheet slips."""
    street = {"address_line1": "Résidence des Grands Tilleuls argentés, escalier de gauche",
              "address_line2": "14 allée du Général-de-la-Fontaine-aux-Oiseaux, porte 3"}  # fmt: skip
    person = reader("40000001", lines=30, **street, city="Saint-Martin-d'Hères")
    statements = posted_statements([person.member_id], AUTUMN, on=JANUARY)

    sheaf = sheaf_of(statements, AUTUMN, on=JANUARY)

    assert letter_words(statements[0], AUTUMN, on=JANUARY)["recipient"] == [
        "Madame Camille Fictif40000001",
        "Résidence des Grands Tilleuls",
        "argentés, escalier de gauche",
        "14 allée du Général-de-la-Fontaine-",
        "aux-Oiseaux, porte 3",
        "38000 SAINT-MARTIN-D'HÈRES",
    ]
    above = [(x, y) for x, y in places_of(sheaf.document, page=0) if 43 < y < 102]
    # The sender ends on the left of it, higher than the window's lower edge.
    visible = [(x, y) for x, y in above if not (x < 88 and y < 70)]
    assert len(visible) >= 6
    assert all(109 <= x <= 190 and 57 + 2 <= y <= 79 for x, y in visible)


def test_each_letter_counts_its_own_pages_and_begins_on_the_front_of_a_sheet() -> None:
    """One page, three and two, more than are typeset at once."""
    sizes = [1, 30, 14] * 5
    people = [reader(str(40000001 + one), lines=lines) for one, lines in enumerate(sizes)]
    statements = posted_statements([one.member_id for one in people], AUTUMN, on=JANUARY)

    sheaf = sheaf_of(statements, AUTUMN, on=JANUARY)

    pages = pages_of(sheaf.document)
    assert len({letter.pages for letter in sheaf.letters}) == 3
    expected_first = 1
    for person, letter in zip(people, sheaf.letters, strict=True):
        own = pages[letter.first_page - 1 : letter.first_page - 1 + 2 * letter.sheets]
        assert letter.first_page == expected_first
        assert f"Fictif{person.number}" in own[0]
        assert [one[one.rindex("Page ") :] for one in own if one] == [
            f"Page {number} sur {letter.pages}" for number in range(1, letter.pages + 1)
        ]
        expected_first += 2 * letter.sheets
    assert len(pages) == expected_first - 1


def test_a_preview_says_on_every_page_that_it_is_one(household: Household, paid: None) -> None:
    by_post(household.member)

    pages = [one for one in pages_of(letter_of(household, across="APERÇU").document) if one]

    assert [one for one in pages if "APERÇU" not in one] == []


@pytest.mark.parametrize("count", [1, 25])
def test_letters_ask_the_same_number_of_questions_whatever_their_number(
    count: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(count):
        reader(str(40000001 + number), lines=3)

    with django_assert_max_num_queries(5):
        found = [one for one in addressees(AUTUMN, on=JANUARY) if isinstance(one, Addressee)]
    with django_assert_max_num_queries(4):
        assert len(posted_statements([one.member_id for one in found], AUTUMN, on=JANUARY)) == count


@pytest.mark.parametrize("written", ["2026", "2026-Q5", "2026-T4", "2026-Q4 ", "", "1999-Q1"])
def test_a_quarter_is_written_in_one_way(written: str) -> None:
    with pytest.raises(ValueError, match="expected a quarter such as 2026-Q4"):
        Quarter.parse(written)
