"""Payment files for banks, and the banks' answers: ISO 20022 as SEPA uses it."""

from entraide.formats.sepa.faults import SepaFault, SepaRefused
from entraide.formats.sepa.order import Account, CreditTransfer, SepaVersion, TransferOrder
from entraide.formats.sepa.transfer_file import credit_transfer_file

__all__ = [
    "Account",
    "CreditTransfer",
    "SepaFault",
    "SepaRefused",
    "SepaVersion",
    "TransferOrder",
    "credit_transfer_file",
]
