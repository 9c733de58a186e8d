"""What every mutual offers on a page of its own, and under which names its catalogue holds it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnForm:
    """A page with a form that sends a request of `category`; `type` blank: of any of its types."""

    address: str
    category: str
    type: str = ""


CARD_AGAIN = OwnForm(address="/carte/renvoi/", category="card", type="card-again")
COMPLAINT = OwnForm(address="/droits/reclamation/", category="complaint")
TERMINATION = OwnForm(address="/droits/resiliation/", category="termination", type="termination-contract")
OWN_FORMS = (CARD_AGAIN, COMPLAINT, TERMINATION)
