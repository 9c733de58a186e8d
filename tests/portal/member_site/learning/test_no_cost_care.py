"""100 % Santé explained: baskets, figures of the day, the examples of 2021 and today (INFO-01…04, X16)."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.simulations.baskets import crowns_on, figures_on
from entraide.portal.foundation.web.wording import money
from entraide.portal.member_site.learning.sectors import SECTORS
from entraide.reimbursement import CareBasket, load_parameters
from tests.portal.member_site.access.steps import words

pytestmark = pytest.mark.django_db
OVERVIEW = "/cent-pour-cent-sante/"
PAGES = [OVERVIEW, *(f"{OVERVIEW}{one}/" for one in SECTORS)]
TODAY = date(2026, 11, 22)
IN_2021 = date(2021, 1, 1)
TRIAL = re.compile(r'href="(/simulation/[^"]+)"')


def plain(cents: int) -> str:
    """An amount as `words` shows it."""
    return " ".join(money(cents).split())


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_pages_are_open_to_anyone_in_both_languages(client: Client, page: str, lang: str) -> None:
    response = client.get(page, headers={"Accept-Language": lang})

    assert response.status_code == 200
    assert response.headers["Content-Language"] == lang


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_take_no_form(client: Client, page: str) -> None:
    assert client.post(page).status_code == 405


def test_a_sector_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get(f"{OVERVIEW}podologie/").status_code == 404


def test_the_overview_says_for_whom_since_when_and_leads_to_the_words(client: Client) -> None:
    """INFO-01"""
    body = client.get(OVERVIEW).content.decode()

    assert "sans condition de revenus" in words(client.get(OVERVIEW))
    for year in ("2020", "2021"):
        assert f"<li>{year}" in body
    for anchor in ("reste-a-charge", "panier-100-sante", "contrat-responsable"):
        assert f"/glossaire/#{anchor}" in body
    for sector in SECTORS:
        assert f"{OVERVIEW}{sector}/" in body


@pytest.mark.parametrize(
    ("sector", "then", "now"),
    [
        # 004: 95 € = 17 + 78, which are these amounts in whole euros.
        ("optique", (95_00, 17_10, 77_90), (95_00, 17_10, 77_90)),
        # 004: 500 € = 84 + 416; the share of health insurance fell to 60 % in 2023, the limit rose in 2026.
        ("dentaire", (500_00, 84_00, 416_00), (515_00, 72_00, 443_00)),
        # 004: 950 € = 240 + 710, from 20 years.
        ("audition", (950_00, 240_00, 710_00), (950_00, 240_00, 710_00)),
    ],
)
def test_the_published_example_stands_beside_that_of_today(
    client: Client, sector: str, then: tuple[int, ...], now: tuple[int, ...]
) -> None:
    """X16: both are computed, and nothing is left to pay."""
    body = client.get(f"{OVERVIEW}{sector}/").content.decode()
    table = body.split('id="exemple"')[1].split("</table>")[0]

    found = re.findall(r'<span class="amount">([^<]+)</span>', table)

    pairs = [*zip(then, now, strict=True), (0, 0)]
    assert found == [money(cents) for pair in pairs for cents in pair]


def test_the_glasses_of_2021_are_the_published_ones_in_whole_euros(client: Client) -> None:
    """INFO-02: 17 + 78, and 30 € for a frame at most, 100 € refunded of a free one."""
    shown = words(client.get(f"{OVERVIEW}optique/"))

    assert "17 euros de la Sécurité sociale et 78 euros de la mutuelle" in shown
    assert f"monture à {plain(30_00)} au plus" in shown
    assert f"remboursement d’une monture à {plain(100_00)}" in shown


def test_class_one_hearing_aids_say_what_they_must_do(client: Client) -> None:
    """INFO-04: 12 channels, 3 options, 6 000 Hz, 48 months; 30 dB is a least, not a most as 004 has it."""
    shown = words(client.get(f"{OVERVIEW}audition/"))

    assert "Au moins 12 canaux de réglage et 30 décibels d’amplification" in shown
    assert "au moins 3 des possibilités" in shown
    assert "6000 hertz au moins" in shown
    assert "garantie de 48 mois, et un nouvel appareil remboursé tous les 48 mois" in shown
    assert f"remboursement à {plain(1700_00)} par oreille" in shown
    assert "Nous lisons l’inverse" in shown


def test_the_figures_are_those_of_the_parameters(client: Client) -> None:
    """Each with its day and its source, and said to be unsure where nobody has read it at its source."""
    for sector in SECTORS.values():
        shown = words(client.get(f"{OVERVIEW}{sector.id}/"))
        found = figures_on(sector.figures, TODAY)
        assert list(found) == list(sector.figures)
        for row in found.values():
            source = f"{row.source} (à confirmer)" if row.confirm else row.source
            assert " ".join(source.split()) in shown, row.key


def test_every_figure_of_a_page_that_existed_then_has_a_value_of_2021() -> None:
    missing = {key for one in SECTORS.values() for key in one.figures} - {
        key for one in SECTORS.values() for key in figures_on(one.figures, IN_2021)
    }

    assert not missing


def test_a_figure_without_a_value_on_a_day_is_left_out() -> None:
    assert not figures_on(["base.hearing"], date(2001, 1, 1))


def test_crowns_stand_in_the_basket_of_their_day() -> None:
    """INFO-03: a metal crown at the back leaves the basket in 2026, zirconia on a molar enters it."""

    def basket(day: date, material: str, site: int) -> CareBasket | None:
        row = next(one for one in crowns_on(day) if one.material.value == material)
        place = row.places[site]
        return place.basket if place else None

    assert basket(IN_2021, "metal", 2) is CareBasket.NO_COST
    assert basket(TODAY, "metal", 2) is CareBasket.CAPPED
    assert basket(IN_2021, "zirconia", 2) is CareBasket.CAPPED
    assert basket(TODAY, "zirconia", 2) is CareBasket.NO_COST
    assert basket(TODAY, "metal_ceramic", 2) is CareBasket.FREE
    assert basket(TODAY, "ceramic", 2) is None


def test_the_limits_of_the_crowns_are_those_of_the_parameters() -> None:
    cap = load_parameters().value("cap.HBLD634", TODAY)

    place = crowns_on(TODAY)[0].places[0]

    assert place is not None
    assert place.price_cap == cap
    assert place.to_confirm


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (
            IN_2021,
            {
                "metal_ceramic": [
                    ("no_cost", 500_00, False),
                    ("capped", 550_00, False),
                    ("free", None, False),
                ],
                "zirconia": [("no_cost", 440_00, True), ("no_cost", 440_00, True), ("capped", 440_00, True)],
                "ceramic": [("no_cost", 500_00, False), None, None],
                "metal": [("no_cost", 290_00, False)] * 3,
            },
        ),
        (
            TODAY,
            {
                "metal_ceramic": [("no_cost", 515_00, True), ("capped", 566_50, True), ("free", None, False)],
                "zirconia": [("no_cost", 453_20, True)] * 3,
                "ceramic": [("no_cost", 515_00, True), None, None],
                "metal": [("no_cost", 298_70, True), ("capped", 298_70, True), ("capped", 298_70, True)],
            },
        ),
    ],
)
def test_each_crown_on_each_tooth_has_its_basket_its_limit_and_its_doubt(
    day: date, expected: dict[str, list[tuple[str, int | None, bool]]]
) -> None:
    """INFO-03: what shows, a second premolar, a molar; free prices have no limit."""
    found = {
        row.material.value: [one and (one.basket.value, one.price_cap, one.to_confirm) for one in row.places]
        for row in crowns_on(day)
    }

    assert found == expected


def test_what_changed_since_2021_is_told_with_the_figures_of_then(client: Client) -> None:
    """INFO-03: the page folds the crowns of then below those of today."""
    page = client.get(f"{OVERVIEW}dentaire/")
    shown, today = words(page), figures_on(["cap.HBLD634"], timezone.localdate())
    then = page.content.decode().split('<details class="fold">')[1].split("</details>")[0]

    assert f"est passé de {plain(500_00)} à {plain(today['cap.HBLD634'].value)}" in shown
    assert "est passée de 70 % à 60 % du tarif" in shown
    assert money(550_00) in then
    assert money(566_50) not in then


@pytest.mark.parametrize("sector", SECTORS)
def test_every_trial_opens_the_simulator_with_a_result(
    client: Client, member_client: Client, sector: str
) -> None:
    for browser in (client, member_client):
        links = TRIAL.findall(browser.get(f"{OVERVIEW}{sector}/").content.decode())
        trials = [one.replace("&amp;", "&") for one in links if "?" in one]
        assert len(trials) == len(SECTORS[sector].trials)
        for link in trials:
            response = browser.get(link)
            assert response.status_code == 200, link
            body = response.content.decode()
            # The member of the tests has a contract that only one of the mutuals can compute.
            no_table = browser is member_client and "Ce contrat ne peut pas encore" in body
            assert 'id="resultat"' in body or no_table, link


def test_the_page_tells_of_no_example_where_the_mutual_has_no_table(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PROFILE", replace(settings.PROFILE, guarantees={}))

    for page in PAGES:
        body = client.get(page).content.decode()
        assert 'id="exemple"' not in body
        assert "/simulation/lunettes/?" not in body
