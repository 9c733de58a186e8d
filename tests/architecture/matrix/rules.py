"""The matrix: every address of the portal, and who gets which answer. Read it beside security 2.4.

`Rule(get=…)`: a page without an object. `Rule(get=…, of="line")`: the address names an object of that kind
(`family.py` has one of each owner). `post=…`: what a complete form of `bodies.py` gets; without it, 405.
"""

from dataclasses import dataclass

from tests.architecture.matrix.grids import Grid, by_role, desk, page, public

# A person of the contract: the primary insured opens every page, the others their own.
PERSON = Grid("""
             primary  spouse  adult  teen  child
    primary  200      200     200    200   200
    spouse   -        200     -      -     -
    adult    -        -       200    -     -
    teen     -        -       -      200   -
""")
# Number, fund, account, address: one's own, and the primary insured's children until they are 18.
IDENTITY = Grid("""
             primary  spouse  adult  teen  child
    primary  200      -       -      200   200
    spouse   -        200     -      -     -
    adult    -        -       200    -     -
    teen     -        -       -      200   -
""")
# Lines of care: one's own, and the primary insured's children until they are 16.
CARE = Grid("""
             primary  spouse  adult  teen  child
    primary  200      -       -      -     200
    spouse   -        200     -      -     -
    adult    -        -       200    -     -
    teen     -        -       -      200   -
""")
# A statement is cut for its reader; the primary insured reads at least the amounts of everybody.
STATEMENT = Grid("""
             everybody  primary  spouse  adult  teen  child
    primary  200        200      200     200    200   200
    spouse   200        -        200     -      -     -
    adult    200        -        -       200    -     -
    teen     200        -        -       -      200   -
""")
# What was sent, kept, asked or signed in with belongs to who did it. "for-adult": sent for somebody else.
OWN = Grid("""
             primary  spouse  adult  teen  primary-for-adult
    primary  200      -       -      -     200
    spouse   -        200     -      -     -
    adult    -        -       200    -     -
    teen     -        -       -      200   -
""")
# A contract: the spouse sees all of the membership, a child those that cover them.
CONTRACT = Grid("""
             everybody  primary
    primary  200        200
    spouse   200        200
    adult    200        -
    teen     200        -
""")
DOCUMENT = Grid("""
              everybody  segment  primary  stranger
    primary   200        200      200      -
    spouse    200        200      -        -
    adult     200        200      -        -
    teen      200        200      -        -
    stranger  200        -        -        200
""")
# An own account; the primary insured's is the contract's, with a page of its own.
ACCOUNT = Grid("""
             primary       spouse  adult  teen  child
    primary  302>/banque/  -       -      200   200
    spouse   -             200     -      -     -
    adult    -             -       200    -     -
    teen     -             -       -      200   -
""")
# A minor's own account is changed by the primary insured (A72).
ACCOUNT_CHANGE = Grid("""
             primary       spouse  adult  teen  child
    primary  302>/banque/  -       -      303   303
    spouse   -             303     -      -     -
    adult    -             -       303    -     -
    teen     -             -       -      -     -
""")
# Nobody ends the primary insured's cover here; an adult asks for their own.
LEAVING = Grid("""
             primary  spouse  adult  teen  child
    primary  -        200     200    200   200
    spouse   -        200     -      -     -
    adult    -        -       200    -     -
    teen     -        -       -      200   -
""")
# Help with a file, by who asked for it: the spouse helps the primary insured, and so on round.
HELP = Grid("""
              primary  spouse  adult  stranger
    primary   -        -       -      302>/remboursements/
    spouse    302>/remboursements/  -  -  -
    adult     -        302>/remboursements/  -  -
    stranger  -        -       302>/remboursements/  -
""")
# Either of the two ends it.
HELP_END = Grid("""
              primary  spouse  adult  stranger
    primary   302      -       -      302
    spouse    302      302     -      -
    adult     -        302     302    -
    stranger  -        -       302    302
""")
# Closing says what it did on the page of security, whether there was something to close or not.
SESSION = OWN.instead("302>/securite/", refusal="-302>/securite/")
DESK_FACTOR = desk(agent="302>/gestion/securite/", primary="-302>/gestion/securite/")
ALL = page("200")
PRIMARY = page("200", "primary stranger")
ADULTS = "primary spouse adult stranger"
HOME, SHARING = page("302>/"), "302>/droits/partage/"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Who gets what from one address. `steps`: what it answers hangs on a flow that has its own tests."""

    get: Grid | None = None
    post: Grid | None = None
    of: str = ""
    args: tuple[str, ...] = ()
    query: str = ""
    steps: bool = False


CROWN = "tooth=46&material=metal_ceramic&price=600"
QUOTE = "fees=unknown&act_1=HBLD734&price_1=600,00&quantity_1=1&base_1=107,50&tooth_1=26"
FLOW = Rule(steps=True)
INFORMATION = Rule(get=page("200/404"))
OPEN = Rule(get=public("200"))
# Without a person the form asks for an age and a level first.
VISITED = public("200", agent="422", anonymous="422")

RULES: dict[str, Rule] = {
    # Contract and family
    "home": Rule(get=ALL),
    "contract": Rule(get=ALL),
    "contract-detail": Rule(get=CONTRACT, of="contract"),
    "contract-examples": Rule(get=CONTRACT, of="contract"),
    "contract-guarantees": Rule(get=CONTRACT, of="contract"),
    "contract-guarantees-pdf": Rule(get=CONTRACT, of="contract"),
    "beneficiary": Rule(get=PERSON, of="person"),
    "health-number": Rule(get=IDENTITY, post=IDENTITY, of="person"),
    "claim-feed": Rule(get=IDENTITY, post=IDENTITY.instead("303"), of="person"),
    "family-add": Rule(get=PRIMARY),
    "family-add-case": Rule(get=PRIMARY, post=PRIMARY.instead("303"), args=("child",)),
    "family-remove": Rule(get=LEAVING, post=LEAVING.instead("303"), of="person"),
    # Contacts
    "contacts": Rule(get=ALL, post=page("302>/coordonnees/")),
    "contacts-address": Rule(get=ALL, post=page("302>/coordonnees/")),
    "contacts-phone": Rule(get=ALL, post=page("302>/coordonnees/")),
    "contacts-address-of": Rule(get=IDENTITY, post=IDENTITY.instead("302>/coordonnees/"), of="person"),
    "contacts-phone-of": Rule(get=IDENTITY, post=IDENTITY.instead("302>/coordonnees/"), of="person"),
    "contacts-mails": Rule(get=ALL, post=page("302>/coordonnees/")),
    "contacts-email": Rule(get=ALL, post=page("302>/coordonnees/email/code/")),
    "contacts-mobile": Rule(get=ALL, post=page("302>/coordonnees/mobile/code/")),
    "contacts-email-code": FLOW,
    "contacts-mobile-code": FLOW,
    # Bank and contributions
    "bank": Rule(get=ALL, post=by_role(**dict.fromkeys(("primary", "spouse", "adult", "stranger"), "303"))),
    "bank-person": Rule(get=ACCOUNT, post=ACCOUNT_CHANGE, of="person"),
    "contributions": Rule(get=PRIMARY),
    "contributions-calendar": Rule(get=PRIMARY),
    # Reimbursements
    "reimbursements": Rule(get=ALL),
    "reimbursement": Rule(get=CARE, of="line"),
    "reimbursement-pdf": Rule(get=CARE, of="line"),
    "statements": Rule(get=ALL),
    "statement-pdf": Rule(get=STATEMENT, of="statement"),
    # Requests
    "deposit": Rule(get=ALL, post=page("303>/demandes/")),
    "requests": Rule(get=ALL),
    "requests:list": Rule(get=ALL),
    "requests:detail": Rule(get=OWN, of="request"),
    "requests:receipt": Rule(get=OWN, of="request"),
    "requests:file": Rule(get=OWN, of="file"),
    # Simulations: public, but what is kept or sent belongs to somebody
    "simulator": OPEN,
    "simulator-case": Rule(get=VISITED, args=("couronne",), query=CROWN),
    "simulator-case-paper": Rule(get=ALL, args=("couronne",), query=CROWN),
    "simulator-case-keep": Rule(get=ALL, post=page("303>/simulation/"), args=("couronne",), query=CROWN),
    "simulator-case-adviser": Rule(get=ALL, post=page("303>/demandes/"), args=("couronne",), query=CROWN),
    "simulator-quote": Rule(get=VISITED, query=QUOTE),
    "simulator-quote-paper": Rule(get=ALL, query=QUOTE),
    "simulator-quote-file": Rule(get=ALL, post=ALL),
    "simulator-quote-keep": Rule(get=ALL, post=page("303>/simulation/"), query=QUOTE),
    "simulator-quote-adviser": Rule(get=ALL, post=page("303>/demandes/"), query=QUOTE),
    "simulation-saved": Rule(get=OWN, of="simulation"),
    "simulation-delete": Rule(get=OWN, post=OWN.instead("303>/simulation/"), of="simulation"),
    # Documents
    "documents": Rule(get=ALL),
    "information-documents": Rule(get=ALL),
    "documents-received": Rule(get=ALL),
    "documents-sent": Rule(get=ALL),
    "document-pdf": Rule(get=DOCUMENT, of="document"),
    # Security, rights
    "security": Rule(get=ALL, post=page("422")),
    "session-close": Rule(post=SESSION, of="session"),
    "sessions-close-others": Rule(post=page("302>/securite/")),
    "factor-offer": Rule(get=ALL, post=HOME),
    "factor-app": Rule(get=ALL, post=page("302>/securite/application/")),
    "factor-app-picture": FLOW,
    "factor-key": Rule(get=ALL, post=page("400")),
    "factor-key-options": FLOW,
    "recovery-codes": Rule(get=ALL, post=page("302>/securite/codes-de-secours/")),
    "factor-remove": Rule(get=OWN, post=OWN.instead("302>/securite/"), of="factor"),
    "step-up": Rule(get=ALL, post=ALL),
    "step-up-options": FLOW,
    "step-up-passkey": FLOW,
    "rights": Rule(get=ALL),
    "journal": Rule(get=ALL),
    "my-data": Rule(get=ALL, post=page("422")),
    "my-data-download": Rule(post=OWN, of="export"),
    # Who reads my care, who helps me. Consent is between two adults of one contract.
    "sharing": Rule(get=ALL),
    "sharing-care": Rule(
        get=ALL, post=by_role(primary=SHARING, spouse=SHARING, adult=SHARING, teen="422", stranger="422")
    ),
    "sharing-care-end": Rule(post=OWN.instead(SHARING), of="consent"),
    "help-ask": Rule(get=page("200", ADULTS), post=page("422", ADULTS)),
    "help-accept": Rule(post=HELP.instead(SHARING), of="help"),
    "help-open": Rule(post=HELP, of="help"),
    "help-end": Rule(post=HELP_END.instead(SHARING), of="help"),
    "help-leave": Rule(post=page(SHARING)),
    # Information pages, for members
    **dict.fromkeys(
        (
            "contact", "hospital", "claim", "card", "certificate", "teleconsultation", "professionals",
            "assistance", "network", "prevention", "retirement", "legal-protection", "hardship-fund",
            "holidays",
        ),
        INFORMATION,
    ),
    # For everybody; ways in, whose answers hang on the steps taken before
    **dict.fromkeys(
        (
            "no-cost-care", "glossary", "help", "delays", "theme", "logo", "favicon", "old-browser",
            "health", "security-txt", "demo:index", "demo:accounts", "demo:outbox", "demo:outbox-json",
            "gallery:index", "gallery:forms", "gallery:simple", "mails:index",
        ),
        OPEN,
    ),
    **dict.fromkeys(
        (
            "sign-in", "human-check", "human-picture", "sign-in-mobile", "sign-in-code", "recovery",
            "passkey-sign-in", "passkey-options", "not-me", "sign-out", "stay", "end-quiet", "terms",
            "activate", "forgotten", "reset-picture", "password-stored", "set-password", "language",
            "demo:message", "mails:notice", "mails:html", "gallery:error", "agents-language",
            "agents:sign-in", "agents:code", "agents:recovery", "agents:passkey-options", "agents:passkey",
            "agents:renew", "agents:factor", "agents:app", "agents:app-picture", "agents:invitation",
            "agents:passkey-add-options", "agents:passkey-add", "agents:recovery-codes", "agents:sign-out",
            "agents:stay", "agents:end-quiet",
        ),
        FLOW,
    ),
    # The agents' side
    "agents:home": Rule(get=desk(page="200")),
    "agents:security": Rule(get=desk(page="200"), post=desk(page="422")),
    "agents:confirm": Rule(get=desk(page="200"), post=desk(page="422")),
    "agents:remove-factor": Rule(post=DESK_FACTOR, of="agent-factor"),
}  # fmt: skip

NOBODY = Grid("page")
# Whose data may stand on any page that a role opens. Each is shown to all of these, and to nobody else.
SHOWN: dict[str, Grid] = {
    "contract": CONTRACT,
    "contribution": OWN.only("primary"),
    "identity": IDENTITY,
    "address": IDENTITY,
    "contact": OWN,
    "account": OWN,
    "number": NOBODY,
    "care": CARE,
    # Of those whose care is their own, the primary insured sees what was paid.
    "paid": PERSON,
    "document": DOCUMENT,
    "request": OWN,
    "file": OWN,
    "simulation": OWN,
    "change": OWN,
    "session": OWN,
    "factor": OWN,
    "journal": OWN,
    "export": NOBODY,
}
