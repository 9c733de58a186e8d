"""Payment files for banks, and the banks' answers: ISO 20022 as SEPA uses it."""

from entraide.formats.sepa.answer import AnswerItem, AnswerKind, BankAnswer, GroupStatus
from entraide.formats.sepa.answer_file import read_bank_answer
from entraide.formats.sepa.faults import BankAnswerRefused, SepaFault, SepaRefused
from entraide.formats.sepa.order import Account, CreditTransfer, SepaVersion, TransferOrder
from entraide.formats.sepa.reasons import REASONS, reason_in_words
from entraide.formats.sepa.transfer_file import credit_transfer_file

__all__ = [
    "REASONS",
    "Account",
    "AnswerItem",
    "AnswerKind",
    "BankAnswer",
    "BankAnswerRefused",
    "CreditTransfer",
    "GroupStatus",
    "SepaFault",
    "SepaRefused",
    "SepaVersion",
    "TransferOrder",
    "credit_transfer_file",
    "read_bank_answer",
    "reason_in_words",
]
