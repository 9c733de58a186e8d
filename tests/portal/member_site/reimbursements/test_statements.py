"""/releves/ and the statements in PDF (REMB-02, A40)."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.utils.timezone import localdate

from entraide.portal.domain.claims.models import Statement
from entraide.portal.domain.claims.statements import statement_of
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.member_site.reimbursements.statement import statement_data
from tests.conftest import Household
from tests.portal.domain.claims.care import SECRETS, Care, pay
from tests.portal.member_site.access.steps import words
from tests.portal.member_site.reimbursements.pdf_text import text_of

SignIn = Callable[[Client, Beneficiary], Client]


def _pdf(client: Client, statement: Statement, **headers: str) -> bytes:
    response = client.get(f"/releves/{statement.pk}.pdf", headers=headers)
    assert response.status_code == 200
    return response.content


def _november(household: Household) -> Statement:
    return Statement.objects.get(member=household.member, number="R-202611")


def test_statements_are_listed_by_month_one_year_at_a_time(
    member_client: Client, household: Household
) -> None:
    """REMB-02: two in July, none in September; the last year first, and each year since the first one."""
    days = {"A": date(2023, 7, 9), "B": date(2023, 7, 23), "C": date(2023, 12, 4), "D": date(2026, 1, 8)}
    for number, day in days.items():
        pay(household.member, Care(person=household.primary), on=day, statement=number)

    last = member_client.get("/releves/").content.decode()
    earlier = member_client.get("/releves/?year=2023").content.decode()

    assert "Janvier 2026" in last
    assert 'href="/releves/?year=2023"' in last
    assert "year=2022" not in last
    assert "Aucun versement cette année-là" in member_client.get("/releves/?year=2025").content.decode()
    assert [member_client.get(f"/releves/?year={year}").status_code for year in (2022, 2027)] == [404, 404]
    assert "Juillet 2023" not in last
    order = [earlier.index(words) for words in ("Décembre 2023", "Juillet 2023 (2)", "Juillet 2023<")]
    assert order == sorted(order)
    assert "Septembre" not in earlier
    assert "Janvier 2026" not in earlier


def test_a_year_in_which_another_adult_alone_had_care_shows_as_much_as_the_reader_may_know(
    client: Client, household: Household, sign_in: SignIn
) -> None:
    """A40: the years count what this reader sees; the son's care of 2023 is no link of his father's."""
    pay(household.member, Care(person=household.teen), on=date(2023, 7, 9), statement="A")
    pay(household.member, Care(person=household.spouse), on=date(2026, 1, 8), statement="B")
    spouse = sign_in(Client(), household.spouse)

    assert "2023" not in words(spouse.get("/releves/"))
    assert spouse.get("/releves/?year=2023").status_code == 404


def test_the_pdf_is_named_after_its_month_and_nobody(member_client: Client, household: Household) -> None:
    """A40; the second statement of a month has a 2."""
    first = pay(household.member, Care(person=household.primary), on=date(2025, 12, 4), statement="A")
    second = pay(household.member, Care(person=household.primary), on=date(2025, 12, 18), statement="B")

    names = [member_client.get(f"/releves/{one.statement_id}.pdf").headers["Content-Disposition"]
             for one in (first, second)]  # fmt: skip

    assert names == ['inline; filename="releve-2025-12.pdf"', 'inline; filename="releve-2025-12-2.pdf"']


def test_the_pdf_is_not_kept_by_the_browser(member_client: Client, household: Household, paid: None) -> None:
    response = member_client.get(f"/releves/{_november(household).pk}.pdf")

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(("language", "amount"), [("fr", "42,00 €"), ("en", "€42.00")])
def test_the_pdf_is_tagged_titled_and_in_the_language_of_the_reader(
    member_client: Client, household: Household, paid: None, language: str, amount: str
) -> None:
    """A table with head cells, a title in the window, a language: what PDF/UA asks for."""
    content = _pdf(member_client, _november(household), **{"accept-language": language})

    with pikepdf.open(BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == language
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert "2026" in str(pdf.docinfo["/Title"])
        kinds = _tags(pdf.Root.StructTreeRoot)
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD"} <= kinds
    assert amount in text_of(content).replace("\N{NO-BREAK SPACE}", " ")


def _tags(node: Any) -> set[str]:
    if isinstance(node, pikepdf.Array):
        return set().union(*(_tags(one) for one in node))
    if not isinstance(node, pikepdf.Dictionary):
        return set()
    own = {str(node["/S"])} if "/S" in node else set()
    return own | (_tags(node["/K"]) if "/K" in node else set())


def test_the_pdf_holds_the_care_of_its_reader_and_no_other(
    client: Client, household: Household, sign_in: SignIn, paid: None
) -> None:
    """A40: words, properties and file, for two readers of one statement."""
    statement = _november(household)

    hers = _pdf(sign_in(Client(), household.primary), statement)
    his = _pdf(sign_in(Client(), household.spouse), statement)

    assert "Docteur Amandier" in text_of(hers)
    assert not [secret for secret in SECRETS if secret in text_of(hers)]
    assert "Cabinet Brunoir" in text_of(his)
    assert not [name for name in ("Docteur Amandier", "Docteur Elstir", "Elsa") if name in text_of(his)]
    for content in (hers, his):
        with pikepdf.open(BytesIO(content)) as pdf:
            properties = f"{dict(pdf.docinfo.items())} {pdf.Root.Metadata.read_bytes()!r}"
        assert not [name for name in ("Vautrin", "Anne", "Bruno", *SECRETS) if name in properties]


def test_figures_of_the_pdf_are_those_of_the_list(
    member_client: Client, household: Household, viewer: Viewer, paid: None
) -> None:
    """REMB-02: to the cent."""
    statement = statement_of(viewer, _november(household).pk, on=localdate())
    assert statement is not None

    listed = member_client.get("/releves/").content.decode()
    text = text_of(_pdf(member_client, _november(household))).replace("\N{NO-BREAK SPACE}", " ")

    paid_in_words = statement_data(viewer, statement)["paid"]
    assert paid_in_words in listed
    assert paid_in_words.replace("\N{NO-BREAK SPACE}", " ") in text
    for payment in statement.payments:
        cents = payment.paid
        assert f"{cents // 100},{cents % 100:02d} €" in text


def test_the_same_statement_gives_the_same_bytes(
    member_client: Client, household: Household, paid: None
) -> None:
    statement = _november(household)

    assert _pdf(member_client, statement) == _pdf(member_client, statement)


@pytest.mark.parametrize("count", [1, 25])
def test_list_and_pdf_ask_the_same_number_of_questions_whatever_their_size(
    member_client: Client,
    household: Household,
    count: int,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for number in range(count):
        care = [Care(person=one, claim=f"S{number}") for one in household.people]
        payment = pay(household.member, *care, on=date(2026, 3, 1 + number))

    with django_assert_max_num_queries(7):
        member_client.get("/releves/")
    with django_assert_max_num_queries(9):
        member_client.get(f"/releves/{payment.statement_id}.pdf")


def test_a_member_without_statement_is_told_so(member_client: Client) -> None:
    assert "Pas encore de relevé" in member_client.get("/releves/").content.decode()


def test_a_statement_without_anything_for_the_reader_is_not_found(
    client: Client, household: Household, stranger: Beneficiary, sign_in: SignIn, paid: None
) -> None:
    """A36: a stranger, and a daughter who had no care that month."""
    statement = _november(household)

    for person in (stranger, household.adult_child):
        assert sign_in(Client(), person).get(f"/releves/{statement.pk}.pdf").status_code == 404


@pytest.mark.parametrize("address", ["/releves/", "/releves/00000000-0000-4000-8000-000000000000.pdf"])
def test_anonymous_goes_to_sign_in(client: Client, db: None, address: str) -> None:
    assert client.get(address).headers["Location"].startswith("/connexion/?next=")


@pytest.mark.parametrize("address", ["/releves/", "/releves/00000000-0000-4000-8000-000000000000.pdf"])
def test_posting_is_not_allowed(member_client: Client, address: str) -> None:
    assert member_client.post(address).status_code == 405


@pytest.mark.parametrize("year", ["2023", "soon", "20255", "0000"])
def test_a_year_without_a_statement_is_not_found(
    member_client: Client, household: Household, paid: None, year: str
) -> None:
    assert member_client.get(f"/releves/?year={year}").status_code == 404
