"""From an order to the bytes that a bank takes: checked, written, read again."""

from entraide.formats.sepa.checks import faults_of
from entraide.formats.sepa.faults import SepaRefused
from entraide.formats.sepa.order import SepaVersion, TransferOrder
from entraide.formats.sepa.rereading import faults_of_file
from entraide.formats.sepa.writing import write


def credit_transfer_file(order: TransferOrder, *, version: SepaVersion) -> bytes:
    """The payment file of an order: the same order gives the same bytes, valid by the official schema.

    Names and texts lose their accents as banks ask, names are cut to 70 characters. Raises `SepaRefused`
    with every fault; then there is no file.
    """
    if faults := list(faults_of(order)):
        raise SepaRefused(faults)
    content = write(order, version=version)
    if faults := faults_of_file(content, order, version=version):
        raise SepaRefused(faults)
    return content
