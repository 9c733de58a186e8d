"""The closed list of the pages that a mutual may name in its menu, tiles, news and texts."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from entraide.profiles.shapes import Listed

PAGE_ADDRESSES: Mapping[str, str] = MappingProxyType(
    {
        "home": "/",
        "contract": "/contrat/",
        "contacts": "/coordonnees/",
        "bank": "/banque/",
        "contributions": "/cotisations/",
        "documents": "/documents/",
        "information_documents": "/documents/information/",
        "deposit": "/depot/",
        "pieces": "/depot/pieces/",
        "contact": "/contact/",
        "call_back": "/contact/rappel/",
        "hospital": "/hospitalisation/",
        "requests": "/demandes/",
        "reimbursements": "/remboursements/",
        "statements": "/releves/",
        "claim": "/remboursements/demande/",
        "simulator": "/simulation/",
        "card": "/carte/",
        "card_again": "/carte/renvoi/",
        "certificate": "/attestation/",
        "teleconsultation": "/teleconsultation/",
        "professionals": "/professionnels/",
        "assistance": "/assistance/",
        "network": "/reseau/",
        "prevention": "/prevention/",
        "retirement": "/retraite/",
        "legal_protection": "/protection-juridique/",
        "hardship_fund": "/fonds-social/",
        "holidays": "/vacances/",
        "no_cost_care": "/cent-pour-cent-sante/",
        "glossary": "/glossaire/",
        "help": "/aide/",
        "delays": "/delais/",
        "rights": "/droits/",
        "security": "/securite/",
    }
)

Page = Annotated[str, Listed(frozenset(PAGE_ADDRESSES), "a page of the portal")]
