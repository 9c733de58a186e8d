"""What is wrong with a payment file or a bank's answer: where, what was found, what was expected."""

from collections.abc import Iterable

from entraide.reimbursement.money import Words

_NOTHING = Words("rien", "nothing")
_FAULTS_IN_MESSAGE = 20


def same(text: str) -> Words:
    """What reads alike in both languages: a path, a code, a figure."""
    return Words(text, text)


class SepaFault(ValueError):
    """One thing to put right. `end_to_end_id` names the transfer, and is empty for the file as a whole.

    An account number in `found` is masked: the fault may be shown and logged.
    """

    def __init__(self, place: Words, *, found: str, expected: Words, end_to_end_id: str = "") -> None:
        super().__init__(place, found, expected)
        self.place = place
        self.found = found
        self.expected = expected
        self.end_to_end_id = end_to_end_id

    def __str__(self) -> str:
        return self.in_language("en")

    def in_language(self, language: str) -> str:
        """The whole sentence: English for "en", French for any other language."""
        if language == "en":
            return f"{self.place.en}: found {self.found or _NOTHING.en}, expected {self.expected.en}"
        # No-break spaces before the marks, as French asks.
        return f"{self.place.fr}\xa0: trouvé {self.found or _NOTHING.fr}\xa0; attendu {self.expected.fr}"


class SepaRefused(Exception):
    """An order that must not leave, with every fault at once."""

    def __init__(self, faults: Iterable[SepaFault]) -> None:
        self.faults = tuple(faults)
        more = len(self.faults) - _FAULTS_IN_MESSAGE
        lines = [str(fault) for fault in self.faults[:_FAULTS_IN_MESSAGE]]
        super().__init__("\n".join([*lines, f"and {more} more"] if more > 0 else lines))


class BankAnswerRefused(SepaFault):
    """A file that is no answer which can be read; nothing of it may be used."""
