"""/simulation/: what care will cost, before it (B-03, REMB-05, X12)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.simulations.cases import CASES
from entraide.portal.domain.simulations.levels import cover_levels
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.web import wording
from entraide.portal.foundation.web.sessions import TERMS
from tests.conftest import Household
from tests.portal.member_site.access.steps import words

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Beneficiary], Client]
TODAY = timezone.localdate()
LEVEL = cover_levels(settings.PROFILE.guarantees, on=TODAY)[0]
VISITOR = {"level": LEVEL.id, "age": "40", "on": ""}
SPECIALIST = {"act": "CS", "fees": "free", "price": "60"}


def see(client: Client, case: str, **values: Any) -> str:
    response = client.get(f"/simulation/{case}/", values)
    assert response.status_code == 200, words(response)
    return words(response)


@pytest.fixture
def signed_out() -> Client:
    return Client()


def test_the_first_page_offers_every_case_and_a_quote_to_anyone(signed_out: Client) -> None:
    """B-03, REMB-05"""
    body = signed_out.get("/simulation/").content.decode()

    for case in CASES:
        assert f'href="/simulation/{case}/"' in body
    assert 'href="/simulation/devis/"' in body
    assert "/connexion/?next=/simulation/" in body


@pytest.mark.parametrize("case", sorted(CASES))
def test_every_case_asks_its_questions_with_a_label_for_each(signed_out: Client, case: str) -> None:
    body = signed_out.get(f"/simulation/{case}/").content.decode()

    for name in (*CASES[case].asks, "level", "age", "on"):
        assert f'name="{name}"' in body, name
    assert "Pourquoi ce montant" not in body
    assert "field__error" not in body


def test_a_case_that_does_not_exist_is_not_found(signed_out: Client) -> None:
    assert signed_out.get("/simulation/voyance/").status_code == 404


@pytest.mark.parametrize("address", ["/simulation/", "/simulation/generaliste/", "/simulation/devis/"])
def test_the_simulator_takes_no_post(signed_out: Client, address: str) -> None:
    assert signed_out.post(address).status_code == 405


def test_a_visit_shows_the_four_figures_and_why(signed_out: Client) -> None:
    """B-03, REMB-05: price, health insurance, mutual, what is left; the steps of the engine that pays."""
    shown = see(signed_out, "generaliste", fees="none", price="", **VISITOR)

    assert "Reste à votre charge" in shown
    assert "2,00 €" in shown.replace("\xa0", " ")
    assert "30,00 €" in shown.replace("\xa0", " ")
    assert "Taux de l’acte, 70" in shown
    assert "non remboursables (participation forfaitaire ou franchise)" in shown


def test_the_figures_come_with_their_date_and_source_and_the_note_that_it_is_an_estimate(
    signed_out: Client,
) -> None:
    """X12"""
    shown = see(signed_out, "generaliste", fees="none", price="", **VISITOR)

    assert "C’est une estimation" in shown
    assert "22 décembre 2024" in shown
    assert "ameli.fr" in shown


def test_a_mutual_without_tables_says_so_and_asks_nothing(signed_out: Client, settings: LazySettings) -> None:
    settings.PROFILE = replace(settings.PROFILE, guarantees={})

    assert "n’est pas encore ouvert" in words(signed_out.get("/simulation/"))
    for address in ("/simulation/generaliste/", "/simulation/devis/"):
        assert signed_out.get(address, VISITOR).headers["Location"] == "/simulation/"


def test_an_address_can_be_kept_and_gives_the_same_answers_back(signed_out: Client) -> None:
    body = signed_out.get("/simulation/specialiste/", {**SPECIALIST, **VISITOR}).content.decode()

    assert 'value="60"' in body
    assert '<input type="radio" name="fees" value="free" id="id_fees_2" checked>' in body


def test_who_does_not_know_what_the_doctor_charges_sees_both(signed_out: Client) -> None:
    """REMB-05"""
    shown = see(signed_out, "specialiste", **{**SPECIALIST, "fees": "unknown"}, **VISITOR)

    assert "Si ses dépassements sont modérés" in shown
    assert "Si ses dépassements sont libres" in shown
    assert "Avec un médecin sans dépassement" in shown


@pytest.mark.parametrize(
    ("case", "answers"),
    [
        ("couronne", {"tooth": "26", "material": "metal_ceramic", "price": "600"}),
        ("lunettes", {"right": "simple", "left": "simple", "frame_price": "140"}),
        ("aides-auditives", {"act": "AU2", "ears": "both", "price": "1500"}),
    ],
)
def test_the_no_cost_way_stands_beside_crowns_glasses_and_hearing_aids(
    signed_out: Client, case: str, answers: dict[str, str]
) -> None:
    """B-03, INFO-02, INFO-03, INFO-04"""
    shown = see(signed_out, case, **answers, **VISITOR)

    assert "La solution 100 % Santé, à côté" in shown
    assert " 0,00 €" in shown.replace("\xa0", " ")


def test_glasses_whose_no_cost_prices_are_not_known_say_to_ask_for_the_quote(signed_out: Client) -> None:
    shown = see(signed_out, "lunettes", right="complex", left="complex", **VISITOR)

    assert "Demandez aussi le devis 100 % Santé" in shown


def test_the_other_levels_of_the_mutual_stand_in_a_table(signed_out: Client) -> None:
    """B-03: base alone, base and option."""
    shown = see(signed_out, "specialiste", **SPECIALIST, **VISITOR)

    assert "Et avec un autre niveau de garanties" in shown
    assert "(votre choix)" in shown
    others = cover_levels(settings.PROFILE.guarantees, on=TODAY)
    assert all(each.label.fr in shown for each in others if each.group == LEVEL.group)


@pytest.mark.parametrize(
    ("case", "values", "message"),
    [
        ("analyses", {"price": "cher"}, "Écrivez un montant en euros"),
        ("analyses", {"price": "-4"}, "Un montant ne peut pas être négatif"),
        ("analyses", {"price": "9999999"}, "Ce montant est trop grand"),
        ("analyses", {"price": ""}, "Écrivez un montant en euros"),
        ("couronne", {"tooth": "99", "material": "metal"}, "Cette dent n’existe pas"),
        ("couronne", {"tooth": "molaire", "material": "metal"}, "Écrivez le numéro de la dent"),
        ("couronne", {"tooth": "26", "material": "ceramic"}, "choisissez un autre matériau"),
        ("kinesitherapie", {"price": "16", "quantity": "900"}, "Écrivez un nombre entier, de 1 à 60."),
        ("specialiste", {"act": "XYZ", "fees": "none"}, "Ce choix n’existe pas"),
        ("specialiste", {"act": "CS", "fees": "free"}, "Écrivez le prix de la consultation"),
        ("generaliste", {"fees": "none", "on": "demain"}, "Écrivez la date en chiffres"),
        ("generaliste", {"fees": "none", "on": "01/01/2080"}, "moins d’un an"),
        ("generaliste", {"fees": "none", "on": "01/01/1980"}, "aujourd’hui ou un jour à venir"),
        ("generaliste", {"fees": "none", "level": "NONE"}, "Ce choix n’existe pas"),
        ("generaliste", {"fees": "none", "age": "400"}, "de 0 à 120"),
        (
            "hospitalisation",
            {"nights": "2", "fees": "none", "surgeon_price": "400"},
            "Écrivez aussi le tarif",
        ),
        ("couronne", {"tooth": "11", "material": "metal_ceramic", "price": "700"}, "Au plus 515,00 €"),
        ("imagerie", {"act": "ADI", "fees": "free", "price": "120"}, "Sans lui, le dépassement"),
        ("specialiste", {"act": "CS", "fees": "none", "price": "60"}, "il y a un dépassement"),
    ],
)
def test_a_wrong_answer_gets_its_message_at_its_field_and_nothing_typed_is_lost(
    signed_out: Client, case: str, values: dict[str, str], message: str
) -> None:
    response = signed_out.get(f"/simulation/{case}/", {**VISITOR, **values})
    body = response.content.decode()

    assert response.status_code == 422
    assert message in words(response)
    assert 'class="field__error"' in body
    for name, value in values.items():
        if value and f'<input type="text" name="{name}"' in body:
            assert f'value="{value}"' in body


def test_a_result_without_a_session_asks_for_nothing_personal_and_stores_nothing(
    signed_out: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = signed_out.get("/simulation/specialiste/", {**SPECIALIST, **VISITOR})

    assert not response.cookies.get("sessionid")
    body = response.content.decode()
    assert 'name="person"' not in body


# Signed in


def test_a_member_simulates_with_her_own_contract_without_being_asked_for_it(
    member_client: Client, household: Household
) -> None:
    shown = see(member_client, "specialiste", **SPECIALIST, person=str(household.primary.pk), on="")

    assert "Pour Anne Vautrin" in shown
    assert "(le vôtre)" in shown
    assert "ce qui a été utilisé de vos forfaits" in shown
    assert 'name="level"' not in member_client.get("/simulation/specialiste/").content.decode()


def test_a_member_chooses_among_herself_and_her_minor_children(
    member_client: Client, household: Household
) -> None:
    body = member_client.get("/simulation/generaliste/").content.decode()

    assert all(str(one.pk) in body for one in (household.primary, household.teen, household.child))
    assert all(str(one.pk) not in body for one in (household.spouse, household.adult_child))


def test_a_child_pays_no_flat_contribution(member_client: Client, household: Household) -> None:
    shown = see(member_client, "generaliste", fees="none", price="", person=str(household.child.pk))

    assert "non remboursables" not in shown
    assert "Pour Elsa Vautrin" in shown


def test_nobody_simulates_for_another_adult_or_for_a_stranger(
    member_client: Client, household: Household, stranger: Beneficiary
) -> None:
    for person in (household.spouse, household.adult_child, stranger):
        response = member_client.get("/simulation/generaliste/", {"fees": "none", "person": str(person.pk)})

        assert response.status_code == 422
        assert "Ce choix n’existe pas" in words(response)
        assert person.first_name not in words(response)


def test_an_address_that_names_nobody_is_for_the_reader(member_client: Client) -> None:
    """A result that a friend sent."""
    shown = see(member_client, "specialiste", **SPECIALIST, **VISITOR)

    assert "Pour Anne Vautrin" in shown


def test_who_has_not_accepted_the_terms_is_a_visitor(member_client: Client) -> None:
    session = member_client.session
    del session[TERMS]
    session.save()

    body = member_client.get("/simulation/generaliste/").content.decode()

    assert 'name="level"' in body
    assert "Vautrin" not in body.split("<main")[1].split("</main")[0]


def test_a_day_without_cover_is_told_at_the_date(member_client: Client, household: Household) -> None:
    Coverage.objects.filter(beneficiary=household.primary).update(ends_on=TODAY)
    day = (TODAY + timedelta(days=30)).strftime("%d/%m/%Y")

    response = member_client.get("/simulation/generaliste/", {"fees": "none", "price": "", "on": day})

    assert response.status_code == 422
    assert "n’est pas couverte ce jour-là" in words(response)
    assert f'value="{day}"' in response.content.decode()


def test_a_contract_without_a_table_is_told_and_nothing_is_invented(
    member_client: Client, household: Household
) -> None:
    Contract.objects.filter(pk=household.contract.pk).update(number="UNKNOWN")

    shown = see(member_client, "generaliste", fees="none", price="")

    assert "ne peut pas encore être calculé" in shown
    assert "Pourquoi ce montant" not in shown


# A quote


QUOTE = {
    "act_1": "HBLD734", "price_1": "600", "quantity_1": "1", "tooth_1": "26",
    "act_2": "CD", "price_2": "23", "quantity_2": "", "fees": "none",
}  # fmt: skip


def test_a_quote_is_priced_line_by_line_with_its_total(signed_out: Client) -> None:
    """B-03"""
    shown = see(signed_out, "devis", **QUOTE, **VISITOR).replace("\xa0", " ")

    assert "Ligne par ligne" in shown
    assert "623,00 €" in shown
    assert "Couronne céramo-métallique sur molaire" in shown
    assert "Consultation dentaire" in shown


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Écrivez au moins une ligne du devis."),
        ({"act_1": "CD"}, "Écrivez le prix de cette ligne."),
        ({"price_3": "40"}, "Choisissez l’acte de cette ligne."),
        ({"act_1": "NOPE", "price_1": "40"}, "Ce choix n’existe pas"),
        ({"act_8": "HBLD734", "price_8": "600", "tooth_8": "19"}, "Cette dent n’existe pas"),
        ({"act_1": "CD", "price_1": "-1"}, "Un montant ne peut pas être négatif."),
        ({"act_1": "CD", "price_1": "23", "quantity_1": "0"}, "de 1 à 30"),
        ({"act_4": "HBLD634", "price_4": "700", "tooth_4": "11"}, "Au plus 515,00 €"),
        ({"act_2": "CS", "price_2": "60"}, "il y a un dépassement"),
        ({"act_2": "ADE", "price_2": "60", "fees": "free"}, "Sans lui, le dépassement"),
    ],
)
def test_a_line_that_is_wrong_is_told_at_the_line(
    signed_out: Client, values: dict[str, str], message: str
) -> None:
    response = signed_out.get("/simulation/devis/", {**VISITOR, "fees": "none", **values})

    assert response.status_code == 422
    assert message in words(response)


def test_the_simulator_speaks_english(signed_out: Client) -> None:
    response = signed_out.get(
        "/simulation/specialiste/", {**SPECIALIST, **VISITOR}, headers={"Accept-Language": "en"}
    )
    shown = words(response)

    assert "Left for you to pay" in shown
    assert "Rate of the act" in shown
    assert "dépassement" not in shown


def test_the_menu_of_the_mutual_leads_to_the_simulator(member_client: Client) -> None:
    assert 'href="/simulation/"' in member_client.get("/").content.decode()


def test_a_result_is_for_the_day_that_was_asked(signed_out: Client) -> None:
    day = TODAY + timedelta(days=20)

    shown = see(signed_out, "generaliste", fees="none", price="", **{**VISITOR, "on": day.isoformat()})

    known = f"aux tarifs connus le {wording.day(TODAY)}, pour des soins le {wording.day(day)}"
    assert known in shown


def test_the_age_of_a_visitor_is_that_of_the_day_of_care(signed_out: Client) -> None:
    """At 17 in a year nothing is withheld; who is 17 today would be 18 by then."""
    day = (TODAY + timedelta(days=365)).isoformat()

    shown = see(signed_out, "generaliste", fees="none", price="", **{**VISITOR, "age": "17", "on": day})

    assert "non remboursables" not in shown


def test_the_title_begins_with_what_is_left_and_the_result_takes_the_focus(signed_out: Client) -> None:
    """B-03: who hears the page hears the answer first, with scripts or without."""
    answers = {"fees": "none", "price": "", **VISITOR}
    body = signed_out.get("/simulation/generaliste/", answers).content.decode().replace("\xa0", " ")

    assert "<title>2,00 € à votre charge · Médecin généraliste" in body
    assert '<h2 id="resultat" tabindex="-1" data-focus>' in body
    assert 'action="/simulation/generaliste/#resultat"' in body


def test_several_lines_fold_their_steps_and_a_single_one_shows_them(signed_out: Client) -> None:
    one = signed_out.get("/simulation/generaliste/", {"fees": "none", "price": "", **VISITOR})
    two = signed_out.get("/simulation/specialiste/", {**SPECIALIST, "fees": "unknown", **VISITOR})

    why = [each.content.decode().split('id="pourquoi"')[1].split("</section>")[0] for each in (one, two)]
    assert 'class="fold"' not in why[0]
    assert why[1].count('class="fold"') == 2


def test_sessions_over_the_end_of_a_year_say_how_many_fall_in_each(signed_out: Client) -> None:
    day = date(TODAY.year, 12, 28)
    day = day if day >= TODAY else day.replace(year=day.year + 1)
    answers = {"price": "16", "base": "16", "quantity": "3", **VISITOR, "on": day.isoformat()}

    shown = see(signed_out, "kinesitherapie", **answers)

    assert f"2 en {day.year}, avec les forfaits de {day.year}, 1 en {day.year + 1}" in shown


def test_a_supposed_tariff_is_told_beside_the_amount(signed_out: Client) -> None:
    shown = see(signed_out, "analyses", price="40", base="", **VISITOR)

    assert "En supposant que le tarif de la Sécurité sociale est égal au prix" in shown
    assert "En supposant" not in see(signed_out, "analyses", price="40", base="30", **VISITOR)


def test_the_charge_of_a_major_procedure_is_told_as_taken_from_health_insurance(signed_out: Client) -> None:
    """The lines add up to the total: what the charge takes off stands in its own line."""
    stay = {"nights": "2", "stay_price": "800", "surgeon_price": "450", "surgeon_base": "250"}

    shown = see(signed_out, "hospitalisation", **stay, fees="free", **VISITOR)

    assert "Retiré de ce que verse la Sécurité sociale -32,00 €" in shown
    assert "Sécurité sociale 1 818,00 €" in shown


def test_a_contract_that_pays_nothing_is_not_in_the_list_of_shares(signed_out: Client) -> None:
    levels = cover_levels(settings.PROFILE.guarantees, on=TODAY)
    both = next(each for each in levels if "," in each.id)
    answers = {"fees": "none", "price": "", **VISITOR, "level": both.id}

    assert "contrat par contrat" not in see(signed_out, "generaliste", **answers)


def test_a_visitor_finds_group_contracts_apart_from_individual_ones(signed_out: Client) -> None:
    body = signed_out.get("/simulation/generaliste/").content.decode()
    kinds = {each.group for each in cover_levels(settings.PROFILE.guarantees, on=TODAY)}

    assert ('<optgroup label="Contrat collectif, par l’employeur">' in body) is (len(kinds) > 1)


def test_the_needed_fields_of_a_line_are_marked(signed_out: Client) -> None:
    body = signed_out.get("/simulation/devis/", {"act_2": "CD", **VISITOR}).content.decode()

    for name, star in (("price_1", False), ("price_2", True), ("base_2", False)):
        label = body.split(f'for="id_{name}"')[1].split("</label>")[0]
        assert ('class="star"' in label) is star, name


def test_what_a_teenager_has_used_is_told_not_to_be_counted(
    member_client: Client, household: Household
) -> None:
    """PRIV: care of a child of 16 or 17 stays between them and their doctor."""
    answers = {"fees": "none", "price": ""}

    teen = see(member_client, "generaliste", **answers, person=str(household.teen.pk))
    child = see(member_client, "generaliste", **answers, person=str(household.child.pk))

    assert "Sans compter ses soins déjà remboursés" in teen
    assert "Sans compter ses soins déjà remboursés" not in child


def test_what_a_child_has_used_is_noted_when_it_is_shown(member_client: Client, household: Household) -> None:
    """A68"""
    see(member_client, "generaliste", fees="none", price="", person=str(household.child.pk))
    drain()

    found = Consultation.objects.get()
    assert (found.person_id, found.seen) == (household.child.pk, "allowances")
