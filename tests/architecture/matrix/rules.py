"""The matrix: every address of the portal, and who gets which answer. Read it beside security 2.4.

`Rule(get=…)`: a page without an object. `Rule(get=…, of="line")`: the address names an object of that kind
(`family.py` has one of each owner). `post=…`: what a complete form of `bodies.py` gets; without it, 405.
"""

from dataclasses import dataclass

from tests.architecture.matrix.grids import AGENTS, Desk, Grid, by_role, desk, page, public

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
# Cards and certificates: of the whole contract for the primary insured and the spouse.
CARD = Grid("""
             primary  spouse  adult  teen  child
    primary  200      200     200    200   200
    spouse   200      200     200    200   200
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
# A request is read by who sent it and, with an access of their own, by the person concerned.
REQUEST = Grid("""
             primary  spouse  adult  teen  primary-for-adult
    primary  200      -       -      -     200
    spouse   -        200     -      -     -
    adult    -        -       200    -     200
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
# Who holds the contracts ends them; nobody else finds the page.
ENDING = Grid("""
             everybody  primary
    primary  200        200
    spouse   -          -
    adult    -          -
    teen     -          -
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
TO_REQUEST = "303>/demandes/"
# A request at the desk: who reads files reads it, whose family it may be; papers are care.
FILES = Desk("""
             primary  spouse  adult  teen  stranger  primary-for-adult
    handler  200      200     200    200   200       200
    payer    200      200     200    200   200       200
    agent    -403     -403    -403   -403  -403      -403
""")
# The file of a whole membership.
WHOLE_FILES = Desk("""
             primary  stranger
    handler  200      200
    payer    200      200
    agent    -403     -403
""")
PAPERS = Desk("""
             primary  spouse  adult  teen  stranger  primary-for-adult
    handler  200      200     200    200   200       200
    payer    -403     -403    -403   -403  -403      -403
    agent    -403     -403    -403   -403  -403      -403
""")
# A stay is decided by who handles requests; those of the matrix are of other kinds.
NO_STAY = Desk("""
             primary  spouse  adult  teen  stranger  primary-for-adult
    handler  -        -       -      -     -         -
    payer    -403     -403    -403   -403  -403      -403
    agent    -403     -403    -403   -403  -403      -403
""")
# A change of account is decided by who pays.
ACCOUNTS = Desk("""
             primary  spouse  adult  stranger
    handler  -403     -403    -403   -403
    payer    200      200     200    200
    agent    -403     -403    -403   -403
""")
# Nothing is shown without an emergency access, which only some roles may open.
NOT_OPEN = Desk("""
             primary  spouse  adult  teen  stranger  primary-for-adult
    handler  -403     -403    -403   -403  -403      -403
    payer    200      200     200    200   200       200
    agent    -403     -403    -403   -403  -403      -403
""").instead("302>/gestion/urgence/", refusal="-403")
DECIDES = desk(handler="-403", payer="200", agent="-403")
READS = desk(handler="200", payer="200", agent="-403")
HANDLES = desk(handler="200", payer="-403", agent="-403")
NOBODY = desk(handler="-403", payer="-403", agent="-403")
EVERY_AGENT = desk(handler="200", payer="200", agent="200")
TO_SECURITY = "302>/gestion/securite/"
DESK_FACTOR = Desk("""
             primary  handler  payer  agent
    handler  -        200      -      -
    payer    -        -        200    -
    agent    -        -        -      200
""").instead(TO_SECURITY, refusal=f"-{TO_SECURITY}")
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
PIECES = "care=pharmacy&paid=all&feed=off"
FLOW = Rule(steps=True)
INFORMATION = Rule(get=page("200/404"))
OPEN = Rule(get=public("200"))
# Without a person the form asks for an age and a level first.
VISITED = public("200", anonymous="422", **dict.fromkeys(AGENTS, "422"))

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
    "pieces": Rule(get=ALL, query=PIECES),
    "contact": Rule(get=ALL, post=page("303>/demandes/")),
    "contact-phone": OPEN,
    "call-back": Rule(get=ALL, post=page("303>/demandes/")),
    # Requests that are no call have no place in a calendar.
    "call-back-calendar": Rule(get=OWN.instead("-"), of="request"),
    "card-again": Rule(get=ALL, post=page("303>/demandes/")),
    # The card and the certificate; the person stands in the address and has its own tests of whose it is
    "card": Rule(get=ALL),
    "card-pdf": Rule(get=ALL),
    "card-kept": Rule(get=ALL),
    "certificate": Rule(get=ALL),
    "certificate-pdf": Rule(get=ALL),
    "card-send": Rule(get=ALL, post=page("302>/carte/")),
    "card-replace": Rule(get=IDENTITY, post=IDENTITY.instead("302>/carte/"), of="person"),
    "card-check": Rule(get=public("200"), post=public("422")),
    "card-keys": OPEN,
    # The portal on a phone
    "manifest": OPEN,
    "phone-icon": Rule(get=public("200"), args=("192",)),
    "worker": OPEN,
    "no-network": OPEN,
    "contact-sheet": OPEN,
    "phone": Rule(get=ALL, post=page("302>/telephone/")),
    # A form is not the JSON of the script.
    "push-add": Rule(post=page("400")),
    "push-remove": FLOW,
    "card-linked": FLOW,
    "card-linked-pdf": FLOW,
    "claim": Rule(get=ALL, post=page("303>/demandes/"), query=PIECES),
    "requests": Rule(get=ALL),
    "requests:list": Rule(get=ALL),
    "requests:detail": Rule(get=REQUEST, of="request"),
    "requests:receipt": Rule(get=OWN, of="request"),
    "requests:file": Rule(get=REQUEST, of="file"),
    "requests:view": Rule(get=REQUEST, of="file"),
    "requests:view-page": Rule(get=REQUEST, of="page"),
    # Something may be added to what is open; nothing was answered, so that there is no opinion yet.
    "requests:reply": Rule(get=OWN, post=OWN.instead("422"), of="request"),
    "requests:withdraw": Rule(get=OWN, post=OWN.instead(TO_REQUEST), of="request"),
    "requests:opinion": Rule(get=OWN.instead(TO_REQUEST), post=OWN.instead("422"), of="request"),
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
    "news": Rule(get=ALL),
    # Articles, webinars and events are for a segment; whose registration it is has its own tests.
    "prevention": Rule(get=ALL),
    "prevention-article": Rule(get=ALL, args=("sommeil",)),
    **dict.fromkeys(("prevention-meeting", "prevention-act", "prevention-calendar"), FLOW),
    "no-cost-sector": Rule(get=OPEN.get, args=("optique",)),
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
    "complaint": Rule(get=ALL, post=page("303>/demandes/")),
    "termination": Rule(get=ALL),
    "termination-contract": Rule(get=ENDING, of="contract"),
    # A contract that cannot be ended leads back to why; a form without the day that was read is sent back.
    "termination-confirm": Rule(get=ENDING.instead("200/302"), post=ENDING.instead("422"), of="contract"),
    "time-limits": Rule(get=ALL),
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
    # Hospital cover; the letter that went out has its own tests of whose it is
    "hospital": Rule(get=ALL, post=page("422")),
    "hospital-letter": FLOW,
    # Not every mutual has a social fund; what it asks and who reads it has its own tests
    "hardship-fund": Rule(get=ALL),
    "hardship-fund-ask": FLOW,
    "hardship-fund-letter": FLOW,
    # Who is under a group contract, where the mutual has an individual one
    "retirement": INFORMATION,
    "retirement-form": INFORMATION,
    # Partners: not of every segment; who is handed over, and what stands about whom, has its own tests
    **dict.fromkeys(("assistance", "legal-protection", "holidays", "teleconsultation"), INFORMATION),
    "partner-leave": FLOW,
    "handover-keys": OPEN,
    "handover-check": FLOW,
    "demo:partner": FLOW,
    "demo:partner-down": FLOW,
    # The public directory and the networks are the same for all; a sheet has its own tests
    "professionals": Rule(get=ALL, post=page("422")),
    "professional": FLOW,
    "network": Rule(get=ALL),
    "network-hospitals": Rule(get=ALL),
    # For everybody; ways in, whose answers hang on the steps taken before
    **dict.fromkeys(
        (
            "no-cost-care", "glossary", "help", "delays", "theme", "logo", "favicon",
            "old-browser",
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
            "agents:stay", "agents:end-quiet", "agents:export-decide", "agents:export-download",
        ),
        FLOW,
    ),
    # The agents' side
    "agents:home": Rule(get=EVERY_AGENT),
    "agents:queue": Rule(get=READS),
    # Leads to some request of the queue, or back to it.
    "agents:following": Rule(get=HANDLES.instead("302>/gestion/demandes/", refusal="-403")),
    "agents:batch": Rule(get=HANDLES, post=HANDLES.instead("422", refusal="-403")),
    "agents:accounts": Rule(get=DECIDES),
    "agents:account": Rule(get=ACCOUNTS, of="account-change"),
    # Those of the matrix are over: nothing is decided any more.
    "agents:account-act": Rule(post=ACCOUNTS.instead("422", refusal="-403"), of="account-change"),
    "agents:account-paper": Rule(get=ACCOUNTS, of="account-paper"),
    # The bytes of the matrix are no PDF that could be drawn.
    "agents:account-paper-page": Rule(get=ACCOUNTS.instead("404", refusal="-403"), of="account-page"),
    "agents:publications": Rule(get=HANDLES),
    "agents:publication-news": Rule(get=HANDLES, post=HANDLES.instead("422", refusal="-403")),
    "agents:publication-document": Rule(get=HANDLES, post=HANDLES.instead("422", refusal="-403")),
    "agents:publication-article": Rule(get=HANDLES, post=HANDLES.instead("422", refusal="-403")),
    "agents:publication-webinar": Rule(get=HANDLES, post=HANDLES.instead("422", refusal="-403")),
    "agents:publication-event": Rule(get=HANDLES, post=HANDLES.instead("422", refusal="-403")),
    # What is published is for members, and nobody's: these have tests of their own.
    **dict.fromkeys(
        (
            "agents:publication", "agents:publication-edit", "agents:publication-act",
            "agents:publication-paper",
        ),
        FLOW,
    ),
    "agents:exports": Rule(get=HANDLES),
    "agents:export-ask": Rule(get=HANDLES, post=HANDLES.instead("422", refusal="-403")),
    "agents:calls": Rule(get=READS),
    # Of the roles of the matrix nobody leads a team.
    "agents:figures": Rule(get=NOBODY),
    "agents:checks": Rule(get=NOBODY),
    "agents:checks-run": Rule(post=NOBODY),
    "agents:search": Rule(get=READS, post=READS),
    "agents:members": Rule(get=READS, post=READS),
    # First why, then the file.
    "agents:member": Rule(get=WHOLE_FILES, post=WHOLE_FILES.instead("303", refusal="-403"), of="member"),
    "agents:request": Rule(get=FILES, of="request"),
    "agents:request-reason": Rule(post=FILES.instead("422", refusal="-403"), of="request"),
    "agents:request-act": Rule(post=PAPERS.instead("303>/gestion/demandes/", refusal="-403"), of="request"),
    "agents:request-pieces": Rule(get=PAPERS, of="request"),
    "agents:request-piece": Rule(get=PAPERS, of="file"),
    "agents:request-piece-page": Rule(get=PAPERS, of="page"),
    # Members' files are nothing that an agent takes back.
    "agents:enclosure": Rule(get=NO_STAY, post=NO_STAY, of="file"),
    # The request of the matrix is no stay.
    # For a role of its own, whose answers have their own tests
    **dict.fromkeys(("agents:social-fund", "agents:commissions", "agents:commission"), FLOW),
    "agents:hospital": Rule(get=NO_STAY, post=NO_STAY, of="request"),
    "agents:hospital-letter": Rule(get=NO_STAY, of="request"),
    # Of the roles of the matrix nobody gives accesses; one looks after data protection.
    "agents:staff": Rule(get=NOBODY),
    "agents:staff-invite": Rule(get=NOBODY, post=NOBODY),
    "agents:staff-member": FLOW,
    "agents:staff-end": FLOW,
    "agents:staff-decide": FLOW,
    # Of the roles of the matrix only the payer may need it, and has opened nothing.
    "agents:emergency": Rule(get=DECIDES, post=DECIDES.instead("422", refusal="-403")),
    "agents:emergency-stop": Rule(post=DECIDES.instead("303>/gestion/urgence/", refusal="-403")),
    "agents:emergency-file": Rule(get=DECIDES.instead("302>/gestion/urgence/", refusal="-403")),
    "agents:emergency-request": Rule(get=NOT_OPEN, of="request"),
    "agents:emergency-piece-page": Rule(get=NOT_OPEN, of="page"),
    "agents:emergency-reviews": Rule(get=NOBODY),
    "agents:emergency-act": FLOW,
    "agents:staff-file": Rule(post=desk(handler="-403", payer="-403", agent="200")),
    "agents:journal": Rule(get=desk(handler="-403", payer="-403", agent="200")),
    "agents:shortcuts": Rule(get=EVERY_AGENT, post=EVERY_AGENT.instead("303>/gestion/raccourcis/")),
    "agents:security": Rule(get=EVERY_AGENT, post=EVERY_AGENT.instead("422")),
    "agents:confirm": Rule(get=EVERY_AGENT, post=EVERY_AGENT.instead("422")),
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
    "reference": REQUEST,
    "request": REQUEST,
    "file": REQUEST,
    "simulation": OWN,
    "change": OWN,
    "session": OWN,
    "factor": OWN,
    "journal": OWN,
    "export": NOBODY,
}
# At the desk only requests can be found yet, who asked what and what stands in the papers, and changes of
# account with the account masked.
SHOWN_AT_THE_DESK: dict[str, Grid] = {
    "reference": FILES,
    "request": PAPERS,
    "file": PAPERS,
    "change": ACCOUNTS,
}
