"""Finding an answer by the words that people use: accents, plurals and many small words do not matter."""

from collections.abc import Iterable
from fractions import Fraction

from entraide.formats.plain_words import each_begins_one, plain_words
from entraide.profiles import HelpTopic, Question

# Words that say nothing about what is asked, as plain_words gives them.
_EMPTY = frozenset({
    "a", "ai", "au", "aux", "avec", "ce", "cet", "cette", "ces", "chez", "comment", "d", "dan", "de",
    "des", "dois", "doi", "du", "elle", "en", "est", "et", "faire", "fai", "fait", "faut", "il", "j",
    "je", "l", "la", "le", "les", "leur", "lui", "m", "ma", "mai", "me", "mes", "mon", "n", "ne", "nou",
    "nous", "ou", "pa", "pas", "par", "peut", "peux", "plu", "plus", "pour", "pourquoi", "qu", "que",
    "quel", "quelle", "quand", "qui", "s", "sa", "se", "ses", "si", "son", "suis", "sui", "sur", "t",
    "ta", "te", "tes", "ton", "tu", "un", "une", "vo", "vos", "votre", "vou", "vous", "y", "an", "and",
    "are", "at", "be", "by", "can", "do", "doe", "does", "for", "from", "get", "have", "how", "i", "if",
    "in", "is", "it", "my", "no", "not", "of", "on", "or", "that", "the", "this", "to", "want", "was",
    "what", "when", "where", "which", "who", "why", "with", "you", "your",
})  # fmt: skip
# How much of what is asked an answer must hold.
_ENOUGH = Fraction(1, 2)


def find(topics: Iterable[HelpTopic], query: str) -> list[Question]:
    """The answers that hold all of the asked words, or else those that hold half of them, the best first."""
    asked = frozenset(plain_words(query)) - _EMPTY
    if not asked:
        return []
    questions = [one for topic in topics for one in topic.questions]
    found = [(_held(_all_words(one), asked), one) for one in questions]
    good = [(share, one) for share, one in found if share >= _ENOUGH]
    best = max((share for share, _one in good), default=Fraction(0))
    # What holds all of it makes what holds half of it noise.
    kept = [(share, one) for share, one in good if share == 1 or best < 1]
    # Of two that hold as much, the one whose question says it, or what people call it.
    kept.sort(key=lambda pair: (-pair[0], -_held(_asked_words(pair[1]), asked)))
    return [one for _share, one in kept]


def _held(known: frozenset[str], asked: frozenset[str]) -> Fraction:
    """How much of what is asked these words hold."""
    return Fraction(sum(each_begins_one([word], known) for word in asked), len(asked))


def _asked_words(question: Question) -> frozenset[str]:
    texts = [*question.words, question.question.fr, question.question.en]
    return frozenset(word for text in texts for word in plain_words(text))


def _all_words(question: Question) -> frozenset[str]:
    texts = [words for one in question.answer for words in (one.fr, one.en)]
    return _asked_words(question).union(word for text in texts for word in plain_words(text))
