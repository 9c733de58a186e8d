"""What each segment is shown (PLAT-03, HOME-01, RET-01, ASSI-01)."""

from datetime import date

from entraide.profiles import (
    load_profile,
    menu_for,
    news_for,
    partner_named,
    partner_of_kind,
    tiles_for,
)


def test_only_employees_see_the_fifth_category(green):
    """HOME-01, RET-01."""
    profile = load_profile(green.folder)

    employees = [category.id for category in menu_for(profile, segment="collectif")]
    retirees = [category.id for category in menu_for(profile, segment="individuel")]

    assert employees == ["personal", "contact", "reimbursements", "services", "retirement"]
    assert retirees == employees[:4]


def test_a_menu_entry_is_shown_to_its_own_segment(green):
    profile = load_profile(green.folder)

    services = menu_for(profile, segment="individuel")[3]

    labels = [entry.label.fr for entry in services.entries if entry.page == "assistance"]
    assert labels == ["Mon assistance RMA"]


def test_a_category_without_an_entry_left_disappears(green):
    green.change(
        "menu.toml",
        '{ page = "documents", label = { fr = "Documents contractuels", en = "Contract documents" } }',
        '{ page = "documents", label = { fr = "Documents", en = "Documents" }, segments = ["collectif"] }',
    )
    profile = load_profile(green.folder)

    assert all(category.entries for category in menu_for(profile, segment="individuel"))


def test_assistance_is_another_partner_for_employees_and_for_retirees(green):
    """ASSI-01."""
    profile = load_profile(green.folder)

    employees = partner_of_kind(profile.partners, "assistance", segment="collectif")
    retirees = partner_of_kind(profile.partners, "assistance", segment="individuel")

    assert employees is not None
    assert retirees is not None
    assert (employees.title.fr, retirees.title.fr) == ("Mon assistance IMA", "Mon assistance RMA")
    assert partner_named(profile.partners, "ima", segment="individuel") is None


def test_news_run_from_their_first_to_their_last_day_newest_first(green):
    profile = load_profile(green.folder)

    def ids(day: date, segment: str) -> list[str]:
        return [item.id for item in news_for(profile, segment=segment, on=day)]

    assert ids(date(2026, 9, 30), "collectif") == []
    assert ids(date(2026, 10, 1), "collectif") == ["retirement-2026"]
    assert ids(date(2026, 11, 22), "collectif") == ["new-space-2026", "retirement-2026"]
    assert ids(date(2027, 3, 31), "collectif") == ["new-space-2026", "retirement-2026"]
    assert ids(date(2027, 4, 1), "collectif") == ["new-space-2026"]
    assert ids(date(2026, 11, 22), "individuel") == ["new-space-2026", "rma-2026"]


def test_tiles_keep_the_order_of_the_mutual(green):
    profile = load_profile(green.folder)

    assert tiles_for(profile, segment="individuel") == profile.tiles
