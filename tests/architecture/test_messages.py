"""The interface speaks two languages: French in the code, English in the catalogue, sentence for sentence."""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file

from tests import messages

# One word for both languages, or nothing but placeholders.
SAME_IN_BOTH = frozenset(
    {
        "%(first)s plus %(second)s",
        "%(name)s (%(role)s)",
        "%(kind)s, %(day)s",
        "%(number)s, %(period)s",
        "Addictions",
        "Base",
        "CSR",
        "Code",
        "Date",
        "Document",
        "Guide",
        "Information",
        "Menu",
        "Option",
        "Places",
        "Page %(number)s",
        "Pages",
        "Profession",
        "Signature",
        "Stress",
        "Total",
        "Transport",
        "Vaccination",
        "six",
    }
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
_TAG = re.compile(r"</?\w+[^>]*>")
_WITHOUT_ITS_SPACE = re.compile(r"[^\xa0?!][?!;»]|«[^\xa0]|[^\xa0\d]:(?!//)")
_FRENCH_TYPOGRAPHY = re.compile(r"\s[?!:;](?!\w)|[«»]|\s%%")


def words(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, (tuple, list)) else (str(string or ""),)


@lru_cache
def catalogue() -> Catalog:
    return messages.translated()


@lru_cache
def code() -> Catalog:
    return messages.extracted()


def entries() -> Iterator[Message]:
    yield from (one for one in catalogue() if one.id)


def sentences() -> Iterator[str]:
    """Every French sentence, each plural form by itself."""
    for one in code():
        if one.id:
            yield from words(one.id)


@lru_cache
def sent_by_sms() -> frozenset[str]:
    return frozenset(
        sentence
        for path in messages.PORTAL.rglob("sms.txt")
        for _line, message, *_rest in extract_from_file(
            "jinja2", path, keywords=messages.KEYWORDS, options=messages.OPTIONS["**.txt"]
        )
        for sentence in words(message)
    )


def placeholders(sentence: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(sentence))


def test_the_catalogue_holds_every_sentence_of_the_code() -> None:
    """`python -m tests.messages update` adds the missing ones."""
    known = {one.id for one in entries()}
    assert sorted({str(one.id) for one in code() if one.id and one.id not in known}) == []


def test_the_catalogue_holds_no_sentence_that_the_code_has_lost() -> None:
    said = {one.id for one in code()}
    assert sorted({str(one.id) for one in entries() if one.id not in said}) == []
    assert list(catalogue().obsolete) == []


def test_every_sentence_is_translated_in_every_plural_form() -> None:
    for one in entries():
        forms = words(one.string)
        assert all(form.strip() for form in forms), one.id
        assert len(forms) == (catalogue().num_plurals if one.pluralizable else 1), one.id


def test_no_translation_is_a_guess() -> None:
    assert [one.id for one in entries() if one.fuzzy] == []


def test_both_languages_have_the_same_placeholders() -> None:
    for one in entries():
        french = words(one.id)
        for number, english in enumerate(words(one.string)):
            assert placeholders(english) == placeholders(french[min(number, len(french) - 1)]), one.id


def test_both_languages_have_the_same_tags() -> None:
    for one in entries():
        french = words(one.id)
        for number, english in enumerate(words(one.string)):
            assert _TAG.findall(english) == _TAG.findall(french[min(number, len(french) - 1)]), one.id


def test_no_french_is_left_in_the_translation() -> None:
    """A sentence that is the same in both languages is rare enough to be listed."""
    same = {one.id for one in entries() if set(words(one.string)) & set(words(one.id))}
    assert same == SAME_IN_BOTH


def test_english_has_no_french_typography() -> None:
    for one in entries():
        for english in words(one.string):
            assert not _FRENCH_TYPOGRAPHY.search(english), english


@pytest.mark.parametrize("mark", ["'", '"'])
def test_french_is_written_with_printed_quotes(mark: str) -> None:
    assert [one for one in sentences() if mark in _TAG.sub("", one)] == []


def test_french_has_a_no_break_space_at_its_double_marks() -> None:
    """U+00A0 before ? ! : ; » and after «, so that no mark begins a line by itself."""
    bare = {one: _PLACEHOLDER.sub("x", _TAG.sub("", one)) for one in sentences()}
    wrong = [one for one, text in bare.items() if _WITHOUT_ITS_SPACE.search(text)]
    assert sorted(set(wrong) - sent_by_sms()) == []


def test_a_text_message_has_no_character_that_shortens_it() -> None:
    """The no-break space and the curly apostrophe would cut a text message into parts of 70 characters."""
    assert sent_by_sms()
    assert [one for one in sorted(sent_by_sms()) if re.search(r"[\xa0’«»êç]", one)] == []


def test_the_catalogue_compiles(tmp_path: Path) -> None:
    target = tmp_path / "django.mo"
    done = subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "compile", "-i", str(messages.ENGLISH),
         "-o", str(target), "-l", "en"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert target.stat().st_size > 10_000
