"""Reads a mutual's folder into frozen data, or says everything that is wrong with it."""

from entraide.profiles.audience import information_page, menu_for, news_for, tiles_for
from entraide.profiles.bank import DebtorBank
from entraide.profiles.cards import BY_AGREEMENT, Card, CardDomain, CardLevel
from entraide.profiles.complaints import Mediator
from entraide.profiles.desk import Desk, ReadyWords, Refusal, Team
from entraide.profiles.faults import Fault, ProfileError
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
    InfoPage,
    InternalPhone,
    MenuCategory,
    MenuEntry,
    NewsItem,
    PageAction,
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
from entraide.profiles.pages import PAGE_ADDRESSES, PAGES_WITH_A_SCREEN
from entraide.profiles.palette import palette
from entraide.profiles.pieces import PAID, CarePapers, Paid, Paper, Pieces
from entraide.profiles.social_fund import MONTHS_BETWEEN_COMMISSIONS, Aid, SocialFund
from entraide.profiles.text import LANGUAGES, Language, Text

__all__ = [
    "BY_AGREEMENT",
    "ICONS",
    "LANGUAGES",
    "MONTHS_BETWEEN_COMMISSIONS",
    "PAGES_WITH_A_SCREEN",
    "PAGE_ADDRESSES",
    "PAID",
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
    "FacilityChoice",
    "Fault",
    "FederationServices",
    "HospitalComparison",
    "HospitalCover",
    "HospitalDepartment",
    "HospitalHelp",
    "Identity",
    "InfoPage",
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
    "PageAction",
    "Paid",
    "Paper",
    "Pieces",
    "Profile",
    "ProfileError",
    "ReadyWords",
    "Refusal",
    "Saving",
    "Security",
    "Segment",
    "ServiceKind",
    "SocialFund",
    "Step",
    "Team",
    "Terms",
    "TermsSection",
    "Text",
    "Theme",
    "Tile",
    "Warranty",
    "information_page",
    "is_open",
    "is_public_holiday",
    "load_profile",
    "menu_for",
    "news_for",
    "next_change",
    "palette",
    "slots",
    "tiles_for",
]
