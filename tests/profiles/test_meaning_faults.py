"""Values of the right form that contradict one another."""

from entraide.profiles import Fault


def test_hours_that_overlap_are_refused_with_their_day(green):
    again = '[[contacts.hours]]\ndays = [4]\nstart = "18:00"\nend = "20:00"\n\n[[segment]]\nid = "collectif"'
    green.change("profile.toml", '[[segment]]\nid = "collectif"', again)

    found = "18:00-20:00 over 08:30-18:30 on Friday"
    expected = "hours that do not overlap"
    assert green.faults() == (Fault("profile.toml", "contacts.hours[#2]", found, expected),)


def test_hours_that_end_before_they_start_are_refused(copy_of):
    warm = copy_of("mieux-etre")
    warm.change("profile.toml", 'end = "17:30"', 'end = "07:30"')

    expected = "a time after 08:30"
    assert warm.faults() == (Fault("profile.toml", "contacts.hours[#1].end", '"07:30"', expected),)


def test_a_quiet_time_outside_the_opening_hours_is_refused(green):
    green.change("profile.toml", 'end = "09:30"', 'end = "19:30"')

    key, expected = "contacts.quiet_hours[#1]", "a time inside contacts.hours"
    outside = [fault for fault in green.faults() if fault.expected == expected]
    assert outside[0] == Fault("profile.toml", key, "09:00-19:30 on Monday", expected)
    assert len(outside) == 5


def test_hours_without_a_day_are_refused(copy_of):
    warm = copy_of("mieux-etre")
    warm.change("profile.toml", "days = [0, 1, 2, 3, 4]", "days = []")

    expected = "at least one day, from 0 (Monday) to 6"
    assert warm.faults() == (Fault("profile.toml", "contacts.hours[#1].days", "an empty list", expected),)


def test_a_brand_too_pale_to_be_read_is_refused(green):
    green.change("theme.toml", '"#17684f"', '"#8fd0b0"')

    found = '"#8fd0b0", --brand on --brand-soft at 1.5 in light mode'
    expected = "a colour that gives a contrast of at least 4.5"
    assert green.faults() == (Fault("theme.toml", "brand", found, expected),)


def test_an_accent_too_pale_to_be_seen_is_refused(green):
    green.change("theme.toml", '"#2f6690"', '"#f2a65a"')

    (fault,) = green.faults()
    assert (fault.file, fault.key) == ("theme.toml", "accent")
    assert fault.expected == "a colour that gives a contrast of at least 3.0"


def test_a_drawing_that_is_not_there_is_refused(green):
    (green.folder / "logo.svg").unlink()

    found = '"logo.svg", which is not in the folder'
    assert green.faults() == (Fault("theme.toml", "logo", found, "a file of the same folder"),)


def test_a_drawing_that_holds_code_is_refused(green):
    green.change("logo.svg", "</svg>", "<script>alert(1)</script></svg>")

    expected = "shapes only: no script, style, link or comment"
    assert green.faults() == (Fault("logo.svg", "svg", "<script", expected),)


def test_a_drawing_without_its_view_box_is_refused(green):
    green.change("favicon.svg", ' viewBox="0 0 32 32"', "")

    expected = "one <svg> element with a viewBox"
    assert green.faults() == (Fault("favicon.svg", "svg", "another content", expected),)


def test_a_segment_that_the_mutual_does_not_have_is_refused(green):
    green.change("news.toml", 'segments = ["individuel"]', 'segments = ["retraite"]')

    key, expected = "item[rma-2026].segments", "one of collectif, individuel"
    assert green.faults() == (Fault("news.toml", key, '"retraite"', expected),)


def test_an_id_used_twice_is_refused(green):
    green.change("menu.toml", 'id = "contact"', 'id = "personal"')

    assert green.faults() == (Fault("menu.toml", "category", '"personal" twice', "each id once"),)


def test_a_deposit_type_used_in_two_categories_is_refused(green):
    green.change("papers.toml", 'id = "claim-feed"', 'id = "pharmacy"')

    key = "deposit.category.type"
    assert green.faults() == (Fault("papers.toml", key, '"pharmacy" twice', "each id once"),)


def test_a_deposit_category_without_a_type_is_refused(green):
    added = '[[deposit.category]]\nid = "empty"\nicon = "file"\ntype = []\n'
    green.add(
        "papers.toml",
        added + 'label = { fr = "Rien", en = "Nothing" }\nhint = { fr = "Rien", en = "Nothing" }\n',
    )

    key = "deposit.category[empty].type"
    assert green.faults() == (
        Fault("papers.toml", key, "an empty list", "at least one type"),
        Fault("desk.toml", "team.categories", 'no team for "empty"', "each category in one team"),
    )


def test_news_that_end_before_they_start_are_refused(green):
    green.change("news.toml", "ends = 2027-03-31", "ends = 2026-03-31")

    key = "item[retirement-2026].ends"
    assert green.faults() == (Fault("news.toml", key, "2026-03-31", "a day not before 2026-10-01"),)
