"""Questions and answers that can be shown: ids once, something to read, figures that exist."""

from collections.abc import Iterator

from entraide.profiles.checks.hours import check_hours
from entraide.profiles.checks.references import duplicates
from entraide.profiles.decode import shown
from entraide.profiles.faults import Fault
from entraide.profiles.files import HELP
from entraide.profiles.help import FIGURES, HelpPage, Question, figures_named


def check_help(page: HelpPage) -> Iterator[Fault]:
    """Every fault of `help.toml`."""
    yield from duplicates((one.id for one in page.topics), file=HELP, key="topic")
    yield from duplicates((one.id for one in page.agencies), file=HELP, key="agency")
    asked = [question for topic in page.topics for question in topic.questions]
    yield from duplicates((one.id for one in asked), file=HELP, key="topic.question")
    if not any(topic.at_the_door for topic in page.topics):
        yield Fault(HELP, "topic.at_the_door", "on no topic", "the one of those who cannot sign in")
    for topic in page.topics:
        if not topic.questions:
            yield Fault(HELP, f"topic[{topic.id}].question", "an empty list", "at least one question")
    for question in asked:
        yield from _check_question(question)
    for agency in page.agencies:
        yield from check_hours(agency.hours, file=HELP, key=f"agency[{agency.id}].hours")


def _check_question(question: Question) -> Iterator[Fault]:
    key = f"question[{question.id}].answer"
    if not question.answer:
        yield Fault(HELP, key, "an empty list", "at least one sentence")
    for sentence in question.answer:
        for words in (sentence.fr, sentence.en):
            for name in figures_named(words):
                if name not in FIGURES:
                    yield Fault(HELP, key, shown(f"{{{name}}}"), "one of " + ", ".join(FIGURES))
        if figures_named(sentence.fr) != figures_named(sentence.en):
            yield Fault(HELP, key, "other figures in English than in French", "the same in both")
