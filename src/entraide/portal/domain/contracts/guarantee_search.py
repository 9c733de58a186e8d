"""Finding the lines of a table of guarantees by the words that people use for care (search_words.toml)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from entraide.formats.plain_words import each_begins_one, plain_words
from entraide.reimbursement import load_vocabulary
from entraide.reimbursement.complementary.rows import GuaranteeRow

SEARCH_WORDS = Path(__file__).with_name("search_words.toml")


def answers(row: GuaranteeRow, query: str) -> bool:
    """Whether every word of the query begins a word of the row; a query without a word finds everything."""
    return each_begins_one(_asked(query), _words_of(row))


def _asked(query: str) -> frozenset[str]:
    return frozenset(plain_words(query)) - frozenset(search_words()["empty"])


def _words_of(row: GuaranteeRow) -> frozenset[str]:
    labels = [row.label, *(line.label for line in row.lines if line)]
    found = [plain_words(text) for label in labels for text in label]
    return frozenset(word for words in found for word in words).union(
        *(_of_code(code) for code in (*row.families, *row.acts))
    )


@cache
def _of_code(code: str) -> frozenset[str]:
    """The words of one family or act: its labels, and what people call it."""
    vocabulary = load_vocabulary()
    known = vocabulary.families.get(code) or vocabulary.procedures[code]
    synonyms = search_words()
    texts = [*known.label, *synonyms["families"].get(code, ()), *synonyms["acts"].get(code, ())]
    return frozenset(word for text in texts for word in plain_words(text))


@cache
def search_words() -> Mapping[str, Any]:
    """`families` and `acts`: what people call them, by code; `empty`: words that say nothing about care."""
    return tomllib.loads(SEARCH_WORDS.read_text(encoding="utf-8"))
