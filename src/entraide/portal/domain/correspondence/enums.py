"""What may be in the list of what a person received."""

from enum import StrEnum


class ReceivedKind(StrEnum):
    """`document`: one that the mutual wrote for this member. `answer`: what became of something asked.

    `enclosure`: a paper that came along with an answer or a question. `decision`: the letter of a commission.
    """

    STATEMENT = "statement"
    GUARANTEES = "guarantees"
    DOCUMENT = "document"
    RECEIPT = "receipt"
    ANSWER = "answer"
    ENCLOSURE = "enclosure"
    DECISION = "decision"
    EXPORT = "export"
