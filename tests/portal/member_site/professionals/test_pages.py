"""Finding a professional: whatever is asked, a useful answer (PRO-01, NET-04)."""

import re
from dataclasses import replace

import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entraide.portal.domain.directory.acts import ACTS
from entraide.portal.domain.directory.models import Entry
from entraide.portal.domain.directory.professions import PROFESSIONS
from entraide.portal.domain.directory.queries import FILTERS, SLOTS
from entraide.portal.domain.directory.towns import TownRow, load_towns
from entraide.portal.member_site.professionals import labels
from tests.conftest import Household
from tests.portal.domain.directory.filled import entry, fill, fill_towns

pytestmark = pytest.mark.django_db
PAGE = "/professionnels/"
NETWORK = django_settings.PROFILE.networks.networks[0].id


@pytest.fixture(autouse=True)
def directory() -> None:
    fill_towns()
    fill(
        [
            entry("1", name="Optique du Drac", network=NETWORK, phone="+33465710101", accessible=True,
                  hours="1-5 09:00-19:00", languages=" fr ar ", booking_url="https://rendez-vous.example.org/",
                  max_fee_cents=6500, third_party_payment=True),
            entry("2", name="Lunettes de Voiron", postcode="38500", city="Voiron", lat=45.37, lon=5.59),
            entry("3", name="Dr Alix Brindille", profession="ophthalmologist", is_approximate=True),
            entry("4", name="Optique de Bastia", postcode="20200", city="Bastia", department="2B",
                  lat=42.69, lon=9.43),
            entry("5", name="Optique de La Réunion", postcode="97400", city="Saint-Denis", department="974",
                  lat=-20.93, lon=55.44),
        ]
    )  # fmt: skip


def text(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def names(response: HttpResponse) -> list[str]:
    return re.findall(r'class="found__name"><a href="[^"]+">([^<]+)</a>', response.content.decode())


def test_opticians_of_a_town_come_nearest_first_with_distance_and_map(member_client: Client) -> None:
    response = member_client.get(PAGE, {"profession": "optician", "where": "Grenoble", "within": "30"})

    assert names(response) == ["Optique du Drac", "Lunettes de Voiron"]
    said = text(response)
    assert "2 résultats" in said
    assert "À 23,5 km" in said
    assert "en voiture" in said
    page = response.content.decode()
    assert '<svg class="map__drawing"' in page
    assert 'href="#resultat-2"' in page
    assert 'id="resultat-2"' in page


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("38000", ["Optique du Drac"]),
        ("12 rue des Arcades, 38000 Grenoble", ["Optique du Drac"]),
        ("38", ["Lunettes de Voiron", "Optique du Drac"]),
        ("Isère", ["Lunettes de Voiron", "Optique du Drac"]),
        ("20200", ["Optique de Bastia"]),
        ("2B", ["Optique de Bastia"]),
        ("97400", ["Optique de La Réunion"]),
        ("974", ["Optique de La Réunion"]),
    ],
)
def test_an_address_a_postcode_a_commune_or_a_department_says_where(
    member_client: Client, where: str, found: list[str]
) -> None:
    assert names(member_client.get(PAGE, {"profession": "optician", "where": where})) == found


def test_the_first_visit_proposes_ones_own_town_and_finds_nothing_yet(
    member_client: Client, household: Household
) -> None:
    response = member_client.get(PAGE)

    assert response.status_code == 200
    assert f'value="{household.primary.city}"' in response.content.decode() or not household.primary.city
    assert names(response) == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"where": "Grenoble"}, "Donnez au moins un nom, une profession ou un acte."),
        ({"profession": "optician"}, "Dites où chercher"),
        ({"name": "d", "where": "Grenoble"}, "Écrivez au moins 2 lettres du nom."),
        ({"name": "dr"}, "Dites où chercher"),
        ({"profession": "optician", "where": "g"}, "au moins 2 lettres d’une ville"),
        ({"profession": "optician", "where": "Atlantis"}, "Nous ne trouvons pas cet endroit."),
        ({"profession": "optician", "where": "99999"}, "Ce code postal n’existe pas en France."),
        ({"profession": "wizard", "where": "38000"}, "Ce choix n’existe pas ou plus."),
        (
            {"profession": "dentist", "act": "glasses", "where": "38000"},
            "Cette profession ne fait pas cet acte.",
        ),
        ({"profession": "optician", "where": "38000", "within": "7000"}, "Ce choix n’existe pas ou plus."),
    ],
)
def test_what_cannot_be_searched_is_said_beside_its_field_and_what_was_typed_stays(
    member_client: Client, asked: dict[str, str], said: str
) -> None:
    response = member_client.get(PAGE, asked)

    assert response.status_code == 422
    assert said in text(response)
    if "where" in asked:
        assert f'value="{asked["where"]}"' in response.content.decode()


def test_a_commune_that_exists_twenty_times_is_chosen_from_a_list(member_client: Client) -> None:
    load_towns(
        [
            TownRow(postcode=f"{n:02}100", name="Saint-Loup", commune=f"{n:02}100", lat=46.0, lon=2.0)
            for n in range(21, 51)
        ],
        file="test",
    )
    response = member_client.get(PAGE, {"profession": "optician", "where": "Saint-Loup", "network": NETWORK})

    assert response.status_code == 200
    assert "Plusieurs endroits portent ce nom." in text(response)
    assert "ajoutez le département ou le code postal" in text(response)
    choices = re.findall(r'href="/professionnels/\?([^"]+)"', response.content.decode())
    assert len(choices) == 20
    assert all("profession=optician" in one and f"network={NETWORK}" in one for one in choices)
    assert member_client.get(f"{PAGE}?{choices[0].replace('&amp;', '&')}").status_code == 200


def test_a_name_of_three_letters_is_looked_for_everywhere(member_client: Client) -> None:
    assert names(member_client.get(PAGE, {"name": "opt"})) == [
        "Optique de Bastia", "Optique de La Réunion", "Optique du Drac",
    ]  # fmt: skip


def test_an_act_leads_to_all_who_do_it(member_client: Client) -> None:
    found = names(member_client.get(PAGE, {"act": "eye_test", "where": "38000"}))

    assert sorted(found) == ["Dr Alix Brindille", "Optique du Drac"]


@pytest.mark.parametrize(
    "narrower", [{"network": NETWORK}, {"facts": "accessible"}, {"language": "ar"}, {"booking": "on"}]
)
def test_a_filter_narrows_the_list_and_stands_open(member_client: Client, narrower: dict[str, str]) -> None:
    asked = {"profession": "optician", "where": "38000", "within": "30", **narrower}

    response = member_client.get(PAGE, asked)

    assert names(response) == ["Optique du Drac"]
    assert '<details class="search-form__more" open>' in response.content.decode()


def test_nobody_found_says_what_to_try_next(member_client: Client) -> None:
    response = member_client.get(PAGE, {"profession": "midwife", "where": "38000"})

    assert "Personne ne correspond ici" in text(response)


def test_a_position_is_posted_and_found_around_and_stands_in_no_address(member_client: Client) -> None:
    asked = {"profession": "optician", "lat": "45.18012345", "lon": "5.72098765", "within": "30"}
    response = member_client.post(PAGE, asked)

    assert names(response) == ["Optique du Drac", "Lunettes de Voiron"]
    page = response.content.decode()
    assert "Autour de votre position, arrondie à 100 mètres." in text(response)
    links = re.findall(r'href="([^"]+)"', page)
    assert not [one for one in links if "45.18" in one or "lat=" in one]
    assert 'method="post"' in page


def test_nothing_of_a_position_is_kept(member_client: Client) -> None:
    asked = {"profession": "optician", "lat": "45.18012345", "lon": "5.72098765"}
    with CaptureQueriesContext(
        connection,
    ) as asked_of_database:
        member_client.post(PAGE, asked)

    written = [
        one["sql"]
        for one in asked_of_database
        if one["sql"].startswith(("INSERT", "UPDATE")) and "45.18" in one["sql"]
    ]
    assert written == []
    sql = str([one["sql"] for one in asked_of_database])
    assert "5.721" in sql
    # To a hundred metres, whatever the browser sent.
    assert "45.1801" not in sql
    assert "5.7209" not in sql
    assert not [key for key, value in member_client.session.items() if "45.18" in str(value)]


@pytest.mark.parametrize(
    "position",
    [{}, {"lat": "45.18"}, {"lat": "x", "lon": "5"}, {"lat": "91", "lon": "5"}, {"lat": "nan", "lon": "5"}],
)
def test_without_a_position_the_search_asks_for_a_town(
    member_client: Client, position: dict[str, str]
) -> None:
    response = member_client.post(PAGE, {"profession": "optician", **position})

    assert response.status_code == 422
    assert "Écrivez une ville ou un code postal." in text(response)


def test_a_position_at_sea_finds_nobody_and_says_what_to_try(member_client: Client) -> None:
    response = member_client.post(PAGE, {"profession": "optician", "lat": "0", "lon": "0"})

    assert response.status_code == 200
    assert "Personne ne correspond ici" in text(response)


def test_only_this_page_may_ask_for_a_position(member_client: Client) -> None:
    assert "geolocation=(self)" in member_client.get(PAGE).headers["Permissions-Policy"]
    assert "geolocation=()" in member_client.get("/reseau/").headers["Permissions-Policy"]


def test_pages_of_twenty_keep_the_search(member_client: Client) -> None:
    fill([entry(str(number), name=f"Optique {number:03}") for number in range(45)])
    asked = {"profession": "optician", "where": "38000"}

    first = member_client.get(PAGE, asked)
    third = member_client.get(PAGE, {**asked, "page": "3"})

    assert (len(names(first)), len(names(third))) == (20, 5)
    assert "profession=optician&amp;where=38000" in first.content.decode().replace("within=10&amp;", "")
    assert 'id="resultat-41"' in third.content.decode()


def test_the_sheet_says_what_is_known_and_nothing_else(member_client: Client) -> None:
    one = Entry.objects.get(name="Optique du Drac")
    said = text(member_client.get(f"{PAGE}{one.reference}/"))

    for words in ("04 65 71 01 01", "français, arabe", "65,00 € au plus", "vous n’avancez pas les frais"):
        assert words in said.replace("\xa0", " ")
    assert "Heures d’ouverture" in said
    assert "Parking" not in said


@pytest.mark.parametrize("holds", [True, False])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_sheet_tells_yes_from_no(member_client: Client, *, language: str, holds: bool) -> None:
    fill([entry("1", **dict.fromkeys(FILTERS, holds), speciality="Contactologie", phone="")])
    one = Entry.objects.get()
    member_client.post("/langue/", {"language": language, "next": "/"})

    said = text(member_client.get(f"{PAGE}{one.reference}/"))

    words = {
        "fr": ("proposé", "accessible", "oui : vous n’avancez pas les frais"),
        "en": ("offered", "access without steps", "yes: you pay nothing in advance"),
    }
    denials = {
        "fr": ("pas proposé", "pas accessible", "non : vous payez, puis nous remboursons"),
        "en": ("not offered", "no access", "no: you pay, then we reimburse"),
    }
    for word in (words if holds else denials)[language]:
        assert word in said


def test_a_sheet_that_is_nobodys_or_of_another_network_is_not_there(member_client: Client) -> None:
    fill([entry("1", network="elsewhere")])

    assert member_client.get(f"{PAGE}{Entry.objects.get().reference}/").status_code == 404
    assert member_client.get(f"{PAGE}0123456789abcdef/").status_code == 404


def test_the_way_to_the_national_directory_takes_the_criteria_along(member_client: Client) -> None:
    """PRO-01: by department and town where that directory has a page for them, else its first page."""
    dentists = member_client.get(PAGE, {"profession": "dentist", "where": "38500"})
    nurses = member_client.get(PAGE, {"profession": "nurse", "where": "38500"})

    lists = "https://annuairesante.ameli.fr/trouver-un-professionnel-de-sante/chirurgiens-dentistes"
    assert f'href="{lists}/38-isere-voiron"' in dentists.content.decode()
    assert 'href="https://annuairesante.ameli.fr/"' in nurses.content.decode()
    assert "Infirmier, infirmière, VOIRON (38500)" in text(nurses)


def test_a_search_asks_the_database_twelve_times_at_the_most(member_client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        member_client.get(PAGE, {"profession": "optician", "where": "saint denis", "within": "50"})
        count = len(asked)
    with CaptureQueriesContext(connection) as asked:
        member_client.get(PAGE, {"profession": "optician", "where": "Voiron", "within": "50"})

    assert max(count, len(asked)) <= 12


def test_a_tile_server_that_the_operator_names_lies_below_the_map_and_no_other(
    member_client: Client, settings: LazySettings
) -> None:
    tiles = "https://tiles.example.org/{z}/{x}/{y}.png"
    settings.ENTRAIDE = replace(settings.ENTRAIDE, map_tiles=tiles)
    response = member_client.get(PAGE, {"profession": "optician", "where": "38000"})

    assert re.search(r'<image href="https://tiles\.example\.org/\d+/\d+/\d+\.png"', response.content.decode())
    assert "img-src 'self' https://tiles.example.org;" in response.headers["Content-Security-Policy"]
    assert "tiles.example.org" not in member_client.get("/").headers["Content-Security-Policy"]


def test_before_anything_is_loaded_the_page_says_so(member_client: Client) -> None:
    Entry.objects.all().delete()
    fill([])

    response = member_client.get(PAGE, {"profession": "optician", "where": "38000"})

    assert response.status_code == 200
    assert "Notre annuaire n’est pas encore chargé." in text(response)


def test_every_profession_act_and_filter_has_its_words() -> None:
    assert set(labels.PROFESSIONS) == set(PROFESSIONS)
    assert set(labels.ACTS) == set(ACTS)
    assert {one for able in ACTS.values() for one in able} <= set(PROFESSIONS)
    assert set(labels.FACTS) == set(FILTERS)
    assert tuple(labels.SLOTS) == SLOTS


def test_without_a_session_the_page_leads_to_sign_in(client: Client) -> None:
    assert client.get(PAGE).headers["Location"].startswith("/connexion/")


def test_the_page_takes_no_other_method(member_client: Client) -> None:
    assert member_client.put(PAGE).status_code == 405


@pytest.mark.parametrize("page", ["51", "10000", "9" * 30])
def test_an_address_cannot_ask_for_everybody_of_a_city(member_client: Client, page: str) -> None:
    """A60: the far end of a long list would hold a worker for seconds; the nearest thousand are enough."""
    with CaptureQueriesContext(connection) as asked:
        answer = member_client.get(PAGE, {"profession": "optician", "where": "Grenoble", "page": page})

    limits = [int(one) for query in asked for one in re.findall(r"LIMIT (\d+)", query["sql"])]
    assert answer.status_code == 200
    assert 50 < max(limits) <= 1001
