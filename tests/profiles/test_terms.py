"""The proof of what was accepted (AUTH-10, A14)."""

from entraide.profiles import load_profile


def test_the_digest_is_the_same_for_the_same_words(green):
    assert load_profile(green.folder).terms.digest == load_profile(green.folder).terms.digest
    assert len(load_profile(green.folder).terms.digest) == 64


def test_the_digest_changes_with_one_word_of_either_language(green):
    before = load_profile(green.folder).terms.digest

    green.change("texts/terms.toml", "jour et nuit", "jour et soir")
    french = load_profile(green.folder).terms.digest
    green.change("texts/terms.toml", "day and night", "day and evening")
    english = load_profile(green.folder).terms.digest

    assert len({before, french, english}) == 3


def test_the_digest_changes_with_the_version(green):
    before = load_profile(green.folder).terms.digest

    green.change("texts/terms.toml", 'version = "2026-11"', 'version = "2026-12"')

    assert load_profile(green.folder).terms.digest != before
