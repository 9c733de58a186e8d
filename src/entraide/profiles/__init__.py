"""Reads a mutual's folder into frozen data, or says everything that is wrong with it."""

from entraide.profiles.articles import OwnArticle, own_articles
from entraide.profiles.audience import menu_for, news_for, tiles_for
from entraide.profiles.bank import DebtorBank
from entraide.profiles.cards import BY_AGREEMENT, Card, CardDomain, CardLevel
from entraide.profiles.complaints import Mediator
from entraide.profiles.desk import Desk, ReadyWords, Refusal, Team
from entraide.profiles.faults import Fault, ProfileError
from entraide.profiles.help import Agency, HelpLink, HelpPage, HelpTopic, Question, with_figures
from entraide.profiles.holidays import is_public_holiday
from entraide.profiles.hospital import (
    CardRule,
    DemoFacility,
    FacilityChoice,
    HospitalCover,
    HospitalDepartment,
    HospitalHelp,
)
from entraide.profiles.hours import is_open, next_change, slots
from entraide.profiles.households import Demo, DemoAgent, DemoContract, DemoHousehold, DemoPerson
from entraide.profiles.icons import ICONS
from entraide.profiles.load import load_profile
from entraide.profiles.model import (
    Contacts,
    DepositCatalogue,
    DepositCategory,
    DepositType,
    Identity,
    InternalPhone,
    MenuCategory,
    MenuEntry,
    NewsItem,
    Profile,
    Security,
    Segment,
    Terms,
    TermsSection,
    Theme,
    Tile,
)
from entraide.profiles.networks import (
    FederationServices,
    HospitalComparison,
    LensOrder,
    Network,
    NetworkDomain,
    Networks,
    NetworkService,
    Saving,
    ServiceKind,
    Step,
    Warranty,
)
from entraide.profiles.opening import OpeningHours
from entraide.profiles.pages import PAGE_ADDRESSES
from entraide.profiles.palette import palette
from entraide.profiles.partners import (
    PARTNER_PAGES,
    HandOverRules,
    Partner,
    PartnerService,
    Teleconsultations,
    counted_partners,
    partner_named,
    partner_of_kind,
)
from entraide.profiles.pieces import PAID, CarePapers, Paid, Paper, Pieces
from entraide.profiles.prevention import GlossaryTerm, Prevention, PreventionHelp
from entraide.profiles.retirement import Difference, Retirement, Scale
from entraide.profiles.social_fund import MONTHS_BETWEEN_COMMISSIONS, Aid, SocialFund
from entraide.profiles.termination import (
    REFUND_DAYS,
    SECOND_THOUGHTS_DAYS,
    Ending,
    EndingWay,
    Termination,
    TerminationRule,
)
from entraide.profiles.text import LANGUAGES, Language, Text

__all__ = [
    "BY_AGREEMENT",
    "ICONS",
    "LANGUAGES",
    "MONTHS_BETWEEN_COMMISSIONS",
    "PAGE_ADDRESSES",
    "PAID",
    "PARTNER_PAGES",
    "REFUND_DAYS",
    "SECOND_THOUGHTS_DAYS",
    "Agency",
    "Aid",
    "Card",
    "CardDomain",
    "CardLevel",
    "CardRule",
    "CarePapers",
    "Contacts",
    "DebtorBank",
    "Demo",
    "DemoAgent",
    "DemoContract",
    "DemoFacility",
    "DemoHousehold",
    "DemoPerson",
    "DepositCatalogue",
    "DepositCategory",
    "DepositType",
    "Desk",
    "Difference",
    "Ending",
    "EndingWay",
    "FacilityChoice",
    "Fault",
    "FederationServices",
    "GlossaryTerm",
    "HandOverRules",
    "HelpLink",
    "HelpPage",
    "HelpTopic",
    "HospitalComparison",
    "HospitalCover",
    "HospitalDepartment",
    "HospitalHelp",
    "Identity",
    "InternalPhone",
    "Language",
    "LensOrder",
    "Mediator",
    "MenuCategory",
    "MenuEntry",
    "Network",
    "NetworkDomain",
    "NetworkService",
    "Networks",
    "NewsItem",
    "OpeningHours",
    "OwnArticle",
    "Paid",
    "Paper",
    "Partner",
    "PartnerService",
    "Pieces",
    "Prevention",
    "PreventionHelp",
    "Profile",
    "ProfileError",
    "Question",
    "ReadyWords",
    "Refusal",
    "Retirement",
    "Saving",
    "Scale",
    "Security",
    "Segment",
    "ServiceKind",
    "SocialFund",
    "Step",
    "Team",
    "Teleconsultations",
    "Termination",
    "TerminationRule",
    "Terms",
    "TermsSection",
    "Text",
    "Theme",
    "Tile",
    "Warranty",
    "counted_partners",
    "is_open",
    "is_public_holiday",
    "load_profile",
    "menu_for",
    "news_for",
    "next_change",
    "own_articles",
    "palette",
    "partner_named",
    "partner_of_kind",
    "slots",
    "tiles_for",
    "with_figures",
]
