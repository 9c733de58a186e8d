"""Whatever is typed under "Where?" gets a useful answer (PRO-01)."""

import pytest

from entraide.portal.domain.directory.towns import TownRow, department_of, load_towns
from entraide.portal.domain.directory.where import CHOICES, understood
from tests.portal.domain.directory.filled import fill_towns

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def towns() -> None:
    fill_towns()


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("38000", "GRENOBLE (38000)"),
        (" 38 000 ", "GRENOBLE (38000)"),
        ("grenoble", "GRENOBLE (38)"),
        ("Saint-Martin-d’Hères", "ST MARTIN D HERES (38400)"),
        ("st martin d heres", "ST MARTIN D HERES (38400)"),
        ("12 rue des Arcades, 38500 Voiron", "VOIRON (38500)"),
        ("12 rue des Arcades, Voiron", "VOIRON (38500)"),
        ("voir", "VOIRON (38500)"),
        ("paris", "PARIS (75)"),
        ("Paris 2e", "PARIS 02 (75002)"),
        ("paris 2ème arrondissement", "PARIS 02 (75002)"),
        ("Paris 02", "PARIS 02 (75002)"),
        ("Paris 1er", "PARIS 01 (75001)"),
        ("Paris 75", "PARIS (75)"),
        ("20000", "AJACCIO (20000)"),
        ("Ajaccio (20)", "AJACCIO (20000)"),
        ("Bastia 20", "BASTIA (20200)"),
        ("Bastia 2b", "BASTIA (20200)"),
        ("bastia", "BASTIA (20200)"),
        ("97400", "ST DENIS (97400)"),
        ("saint denis 974", "ST DENIS (97400)"),
        ("Saint-Denis (93)", "ST DENIS (93200)"),
        ("97133", "ST BARTHELEMY (97133)"),
    ],
)
def test_a_commune_or_a_postcode_is_found_however_it_is_written(typed: str, label: str) -> None:
    where = understood(typed)

    assert where.place is not None, where
    assert where.place.label == label
    assert where.place.point is not None


@pytest.mark.parametrize(
    ("typed", "code"),
    [("06", "06"), ("071", "71"), ("2a", "2A"), ("974", "974"), ("isère", "38"), ("La Réunion", "974")],
)
def test_a_department_is_known_by_its_number_or_name(typed: str, code: str) -> None:
    where = understood(typed)

    assert where.place is not None
    assert (where.place.department, where.place.point) == (code, None)


def test_a_town_and_a_department_of_one_name_are_both_offered() -> None:
    load_towns([TownRow(postcode="38200", name="VIENNE", commune="38544", lat=45.5, lon=4.9)], file="test")

    assert [one.typed for one in understood("Vienne").choices] == ["86", "38200 VIENNE"]


@pytest.mark.parametrize("typed", ["20", "Corse"])
def test_corsica_leads_to_its_two_departments(typed: str) -> None:
    assert [one.typed for one in understood(typed).choices] == ["2A", "2B"]


@pytest.mark.parametrize(
    ("typed", "code"), [("38999", "38"), ("20090", "2A"), ("20600", "2B"), ("97490", "974"), ("97800", "978")]
)
def test_a_postcode_that_is_not_on_file_leads_to_its_department(typed: str, code: str) -> None:
    where = understood(typed)

    assert where.place is not None
    assert where.place.department == code


@pytest.mark.parametrize("typed", ["00000", "99123", "96100"])
def test_a_postcode_that_cannot_be_is_refused(typed: str) -> None:
    assert understood(typed).fault == "no_such_postcode"


@pytest.mark.parametrize(("typed", "fault"), [("g", "short"), (" . ", "short"), ("Atlantis", "unknown")])
def test_one_letter_or_an_unknown_place_says_what_is_wrong(typed: str, fault: str) -> None:
    assert understood(typed).fault == fault


def test_a_name_that_several_communes_bear_gives_the_choice_and_each_choice_is_one_place() -> None:
    where = understood("Saint-Denis")

    assert [one.typed for one in where.choices] == ["11310 ST DENIS", "93200 ST DENIS", "97400 ST DENIS"]
    for one in where.choices:
        assert understood(one.typed).place is not None


def test_a_commune_that_exists_twenty_times_and_more_says_that_there_are_others() -> None:
    load_towns(
        [
            TownRow(
                postcode=f"{number:02}100", name="ST MARTIN", commune=f"{number:02}100", lat=46.0, lon=2.0
            )
            for number in range(1, 31)
            if number != 20
        ],
        file="test",
    )
    where = understood("Saint-Martin")

    assert (len(where.choices), where.more) == (CHOICES, True)
    assert understood("Saint-Martin 24").place is not None


def test_the_beginning_of_a_name_with_a_department_is_looked_for_there_alone() -> None:
    """However many others begin so and come first."""
    others = [
        TownRow(
            postcode=f"{number:02}100", name=f"ST MARTIN {one}", commune=f"{number:02}100", lat=46.0, lon=2.0
        )
        for number, one in enumerate("ABCDEFGHIJKLMNOPQRSTUVWX", 40)
    ]
    there = TownRow(postcode="83310", name="ST MARTIN Z", commune="83999", lat=43.0, lon=6.0)
    load_towns([*others, there], file="test")

    found, elsewhere = understood("st mart 83"), understood("st mart")

    assert found.place is not None
    assert found.place.label == "ST MARTIN Z (83310)"
    assert understood("st mart 84").fault == "unknown"
    assert (len(elsewhere.choices), elsewhere.more) == (CHOICES, True)


def test_others_are_told_of_although_postcodes_of_one_commune_made_room_in_the_list() -> None:
    towns = [
        TownRow(
            postcode=f"38{500 + number}", name=f"VOIRON {one}", commune=f"38{500 + number}", lat=45.4, lon=5.6
        )
        for number, one in enumerate("ABCDEFGHIJKLMNOPQRSTUVWX")
    ]
    second = TownRow(postcode="38999", name="VOIRON A", commune="38500", lat=45.4, lon=5.6)
    load_towns([*towns, second], file="test")

    where = understood("voir")

    assert (len(where.choices), where.more) == (CHOICES, True)


def test_an_arrondissement_of_two_postcodes_is_one_place() -> None:
    load_towns(
        [
            TownRow(postcode=code, name="PARIS 16", commune="75116", lat=lat, lon=2.27)
            for code, lat in (("75016", 48.84), ("75116", 48.86))
        ],
        file="test",
    )
    place = understood("Paris 16").place

    assert place is not None
    assert (place.label, place.town, place.department) == ("PARIS 16 (75)", "PARIS", "75")
    assert place.point is not None
    assert place.point.lat == pytest.approx(48.85)


def test_an_address_stands_in_the_middle_of_its_commune_and_says_so() -> None:
    place = understood("3 place Sainte-Claire 38000 Grenoble").place

    assert place is not None
    assert place.of_address
    assert not_of_address("38000 Grenoble")


def not_of_address(typed: str) -> bool:
    place = understood(typed).place
    return place is not None and not place.of_address


def test_without_any_town_the_fault_says_that_nothing_is_loaded() -> None:
    load_towns([], file="test")

    assert understood("Grenoble").fault == "not_filled"
    assert understood("38000").fault == "not_filled"
    assert understood("38").place is not None


def test_a_postcode_of_several_communes_stands_between_them_and_names_none() -> None:
    load_towns(
        [
            TownRow(postcode="33380", name=name, commune=code, lat=lat, lon=-0.9)
            for name, code, lat in (("BIGANOS", "33051", 44.6), ("MIOS", "33284", 44.8))
        ],
        file="test",
    )
    shared, named = understood("33380").place, understood("33380 Mios").place

    assert shared is not None
    assert named is not None
    assert (shared.label, shared.town, shared.of_address) == ("33380", "", False)
    assert shared.point is not None
    assert shared.point.lat == pytest.approx(44.7)
    assert (named.label, named.point and named.point.lat) == ("MIOS (33380)", 44.8)


@pytest.mark.parametrize("typed", ["0476380001", "10000000001", "99"])
def test_a_number_that_is_no_postcode_is_no_place(typed: str) -> None:
    """A telephone number holds five digits that could be one; 99 is where births abroad are filed."""
    assert understood(typed).place is None


def test_the_department_of_a_postcode_follows_the_national_code_first() -> None:
    assert department_of("01410", "39413") == "39"
    assert [department_of(code) for code in ("20000", "20190", "20200", "20600", "97133")] == [
        "2A", "2A", "2B", "2B", "971",
    ]  # fmt: skip
    assert department_of("97133", "97701") == "977"
    assert department_of("98713", "98735") == "987"
