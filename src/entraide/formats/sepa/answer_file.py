"""From the bytes of a bank to its answer, whichever of the known messages it is."""

from collections.abc import Callable, Mapping

from entraide.formats.sepa.answer import BankAnswer
from entraide.formats.sepa.faults import BankAnswerRefused, same
from entraide.formats.sepa.notification import read_notification
from entraide.formats.sepa.order import NAMESPACE
from entraide.formats.sepa.status_report import read_status_report
from entraide.formats.sepa.xml_input import DoctypeFound, XmlError, root_of
from entraide.reimbursement.money import Words

LARGEST_ANSWER = 50_000_000
"""Bytes. An answer about each of 50,000 transfers is about half of it."""

_READERS: Mapping[str, Callable[..., BankAnswer]] = {
    "pain.002.001.03": read_status_report,
    "pain.002.001.10": read_status_report,
    "camt.054.001.02": read_notification,
    "camt.054.001.08": read_notification,
}
_FILE = Words("fichier", "file")
_SMALLER = Words("50 Mo au plus", "at most 50 MB")
_XML = Words("un fichier XML complet, tel que la banque l’a fourni", "a whole XML file, as the bank gave it")
_NO_DOCTYPE = Words("un fichier XML sans DOCTYPE", "an XML file without DOCTYPE")
_KNOWN = Words(
    f"une réponse de la banque\xa0: {', '.join(_READERS)}",
    f"an answer of the bank: {', '.join(_READERS)}",
)


def read_bank_answer(content: bytes) -> BankAnswer:
    """What the bank says of transfers: pain.002 for orders, camt.054 for what came back later.

    All or nothing: raises `BankAnswerRefused` for anything else, or when a field that counts cannot be read.
    """
    if len(content) > LARGEST_ANSWER:
        raise BankAnswerRefused(_FILE, found=f"{len(content) // 1_000_000} MB", expected=_SMALLER)
    try:
        namespace, name = root_of(content)
        message = namespace.removeprefix(NAMESPACE)
        if name != "Document" or message not in _READERS or message == namespace:
            raise BankAnswerRefused(same("Document"), found=f"{name} {namespace}"[:200], expected=_KNOWN)
        return _READERS[message](content, namespace=namespace)
    except DoctypeFound:
        raise BankAnswerRefused(_FILE, found="DOCTYPE", expected=_NO_DOCTYPE) from None
    except XmlError as error:
        raise BankAnswerRefused(_FILE, found=str(error)[:200], expected=_XML) from None
