"""Every mutual of the repository is complete, and says what its guide says."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from entraide.profiles import (
    PARTNER_PAGES,
    Profile,
    is_open,
    load_profile,
    menu_for,
    partner_of_kind,
    tiles_for,
)
from entraide.profiles.palette import pairs
from entraide.profiles.shapes import DemoRole

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(path for path in (ROOT / "mutuals").iterdir() if path.is_dir())
ROLES = set(DemoRole.__args__)
TODAY = date(2026, 11, 22)
SEGMENTS = ("collectif", "individuel")


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def mutual(request) -> Profile:
    return load_profile(request.param)


@pytest.fixture(scope="module")
def employees_and_retirees() -> Profile:
    return load_profile(ROOT / "mutuals" / "mese")


@pytest.fixture(scope="module")
def everybody() -> Profile:
    return load_profile(ROOT / "mutuals" / "mieux-etre")


def test_there_are_two_mutuals():
    assert [folder.name for folder in FOLDERS] == ["mese", "mieux-etre"]


def test_every_segment_has_twelve_tiles(mutual):
    """HOME-03."""
    for segment in mutual.segments:
        assert len(tiles_for(mutual, segment=segment.id)) == 12


def test_every_segment_has_some_news(mutual):
    """HOME-02."""
    for segment in mutual.segments:
        assert any(not item.segments or segment.id in item.segments for item in mutual.news)


def test_the_colours_can_be_read_in_light_and_in_dark(mutual):
    for dark in (False, True):
        assert [pair for pair in pairs(mutual.theme, dark=dark) if not pair.readable] == []


def test_the_terms_cover_what_a_member_must_know(mutual):
    """AUTH-10."""
    assert mutual.terms.version == "2026-11"
    assert len(mutual.terms.sections) == 8


def test_terms_and_settings_give_the_same_figures(mutual):
    words = " ".join(paragraph.fr for section in mutual.terms.sections for paragraph in section.paragraphs)
    words = words.replace("\N{NO-BREAK SPACE}", " ")
    security = mutual.security

    assert f"Après {security.lock_attempts} mots de passe faux" in words
    assert f"bloqué pendant {security.lock_hours} heures" in words
    assert f"{security.idle_minutes} minutes sans activité" in words
    assert f"au moins {security.password_min_length} caractères" in words
    assert ("jours" in words and f"tous les {security.password_max_age_days} jours" in words) == bool(
        security.password_max_age_days
    )


def test_what_may_be_sent_covers_the_table_of_pieces(mutual):
    """PIECE-01 to PIECE-15, DEP-01."""
    types = {kind.id: kind for category in mutual.deposit.categories for kind in category.types}
    reimbursed = {
        "consultation", "laboratory-imaging", "specialist-surgery", "alternative-care", "pharmacy",
        "optical-frame", "optical-lenses", "contact-lenses-reimbursed", "contact-lenses-other", "eye-surgery",
        "dental-care", "dental-prosthesis", "dental-other", "hearing-aid", "orthopaedics", "hospital-stay",
        "hospital-comfort", "spa-cure", "prevention-reimbursed", "prevention-other",
    }  # fmt: skip

    assert reimbursed <= types.keys()
    assert all(kind.pieces for one in mutual.deposit.to_send for kind in one.types)
    assert "24 mois" in types["contact-lenses-other"].pieces[0].fr.replace("\N{NO-BREAK SPACE}", " ")


def test_the_demo_has_someone_for_each_thing_to_try(mutual):
    persons = [person for household in mutual.demo.households for person in household.persons]

    assert {person.role for person in persons if person.role} == ROLES
    assert len(mutual.demo.households) == 12
    assert any((person.birth_date.month, person.birth_date.day) == (2, 29) for person in persons)
    assert any(person.birth_department == "99" for person in persons)
    assert any(person.birth_department in {"2A", "2B"} for person in persons)
    assert {person.claim_feed for person in persons} == {"on", "off", "never"}


def test_the_demo_families_have_children_of_every_age(mutual):
    children = [
        person
        for household in mutual.demo.households
        for person in household.persons
        if person.relationship == "child"
    ]
    ages = [(TODAY - child.birth_date).days // 365.25 for child in children]

    assert any(age < 16 for age in ages)
    assert any(16 <= age < 18 for age in ages)
    assert any(age >= 18 for age in ages)


def test_nobody_joined_before_being_born_or_after_today(mutual):
    for household in mutual.demo.households:
        insured = next(person for person in household.persons if person.relationship == "primary_insured")
        assert insured.birth_date < household.joined_on <= TODAY


def test_every_place_of_birth_makes_a_number_of_five_characters(mutual):
    for household in mutual.demo.households:
        for person in household.persons:
            assert len(person.birth_department + person.birth_commune) == 5


def test_the_name_of_a_mutual_never_stands_in_the_code():
    """A mutual is data: the code knows none of them."""
    names = re.compile(r"\b(?:" + "|".join(re.escape(folder.name) for folder in FOLDERS) + r")\b")
    endings = {".py", ".html", ".txt", ".typ", ".css", ".js", ".toml", ".svg"}
    files = [path for path in (ROOT / "src").rglob("*") if path.suffix in endings]

    assert [str(path) for path in files if names.search(path.read_text(encoding="utf-8"))] == []


def test_the_first_mutual_answers_at_its_numbers_and_hours(employees_and_retirees):
    """AIDE-01, AIDE-02, PLAT-05, X14."""
    contacts = employees_and_retirees.contacts

    assert (contacts.phone, contacts.email) == ("04 76 60 56 36", "fr-contact@mese.se.com")
    assert contacts.phone_internal is not None
    assert contacts.phone_internal.number == "26 26"
    assert is_open(contacts.hours, datetime(2026, 11, 23, 17, 29, tzinfo=UTC))
    assert is_open(contacts.quiet_hours, datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    assert not is_open(contacts.quiet_hours, datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    assert not is_open(contacts.english_hours, datetime(2026, 11, 27, 15, 30, tzinfo=UTC))
    assert is_open(contacts.english_hours, datetime(2026, 11, 26, 15, 30, tzinfo=UTC))
    assert employees_and_retirees.identity.siren == "390820058"


def test_the_first_mutual_asks_for_a_new_password_every_180_days(employees_and_retirees):
    """AUTH-09, X4, X5."""
    security = employees_and_retirees.security

    assert (security.preset, security.password_max_age_days, security.link_minutes) == ("guide", 180, 120)
    assert (security.check_at_sign_in, security.check_at_reset) == ("images", "question")


def test_the_first_mutual_tells_each_segment_where_its_contribution_is(employees_and_retirees):
    """COT-01, COT-02."""
    notes = {one.id: one.contribution_note for one in employees_and_retirees.segments}

    assert "bulletin de salaire" in notes["collectif"].fr
    assert notes["individuel"] is None


def test_the_second_mutual_answers_at_its_numbers_and_hours(everybody):
    """AIDE-03, PLAT-06."""
    contacts = everybody.contacts

    assert (contacts.phone, contacts.email) == ("01 40 87 20 28", "gestion.mieuxetre@tessi.fr")
    assert is_open(contacts.hours, datetime(2026, 11, 23, 16, 29, tzinfo=UTC))
    assert not is_open(contacts.hours, datetime(2026, 11, 23, 16, 30, tzinfo=UTC))
    assert everybody.identity.siren == "775659907"


def test_the_second_mutual_has_the_five_menus_of_its_guide(everybody):
    """HOME-04, X9."""
    assert [category.label.fr for category in everybody.menu] == [
        "Mon adhésion",
        "Mes remboursements",
        "Gestion de mon contrat",
        "Ma carte de tiers payant",
        "Nous contacter",
    ]


def test_holidays_are_booked_at_the_detailed_hours(everybody):
    """VAC-01, X13."""
    found = partner_of_kind(everybody.partners, "holidays", segment="particulier")

    assert found is not None
    assert [(slot.start, slot.end) for slot in found.hours] == [("09:00", "12:00"), ("14:00", "17:00")]


def test_every_partner_page_that_a_menu_names_has_its_partner(mutual):
    """ASSI-01, ASSI-02, TELE-01, TELE-03, JUR-01, VAC-01, X15: for every segment, with a way to reach it."""
    for segment in mutual.segments:
        named = {entry.page for part in menu_for(mutual, segment=segment.id) for entry in part.entries}
        for page in named & PARTNER_PAGES:
            found = partner_of_kind(mutual.partners, page, segment=segment.id)
            assert found is not None, page
            assert found.phone or found.through_mutual
            assert found.hours or found.through_mutual
            assert found.paragraphs


def test_each_segment_of_the_first_mutual_has_its_own_assistance(employees_and_retirees):
    """ASSI-01, PLAT-03."""
    partners = employees_and_retirees.partners
    found = {one: partner_of_kind(partners, "assistance", segment=one).name for one in SEGMENTS}

    assert found == {"collectif": "IMA", "individuel": "RMA"}


def test_doctors_of_the_first_mutual_answer_from_eight_to_midnight_every_day(employees_and_retirees):
    """TELE-01, TELE-02."""
    found = partner_of_kind(employees_and_retirees.partners, "teleconsultation", segment="individuel")

    assert not is_open(found.hours, datetime(2026, 12, 25, 6, 59, tzinfo=UTC))
    assert is_open(found.hours, datetime(2026, 12, 25, 7, 0, tzinfo=UTC))
    assert is_open(found.hours, datetime(2026, 12, 25, 22, 59, tzinfo=UTC))
    assert found.teleconsultations.own_way == "https://app.maquestionmedicale.fr/mese"


def test_partners_of_the_second_mutual_are_those_of_its_guide(everybody):
    """ASSI-02, JUR-01, TELE-03, VAC-01."""
    found = {one.kind: one for one in everybody.partners}

    assert found["assistance"].phone == found["legal_protection"].phone == "05 49 34 80 19"
    assert is_open(found["assistance"].hours, datetime(2026, 12, 25, 3, 0, tzinfo=UTC))
    assert is_open(found["legal_protection"].hours, datetime(2026, 11, 23, 7, 0, tzinfo=UTC))
    assert not is_open(found["legal_protection"].hours, datetime(2026, 12, 25, 10, 0, tzinfo=UTC))
    assert found["teleconsultation"].teleconsultations.yearly_limit == 5
    assert (found["holidays"].phone, found["holidays"].email) == (
        "04 92 13 44 50",
        "reservation@btpvacances.com",
    )


def test_no_partner_takes_members_over_before_it_has_agreed(mutual):
    """An address that nobody gave us is an example, and looks like one."""
    for one in mutual.partners:
        if one.hand_over is not None:
            assert one.hand_over.example == one.hand_over.address.split("/")[2].endswith(".example")


def test_passwords_do_not_expire_at_the_second_mutual(everybody):
    assert (everybody.security.preset, everybody.security.password_max_age_days) == ("renforce", 0)
