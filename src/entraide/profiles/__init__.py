"""Reads a mutual's folder into frozen data, or says everything that is wrong with it."""

from entraide.profiles.audience import information_page, menu_for, news_for, tiles_for
from entraide.profiles.bank import DebtorBank
from entraide.profiles.faults import Fault, ProfileError
from entraide.profiles.holidays import is_public_holiday
from entraide.profiles.hours import is_open, next_change
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
    OpeningHours,
    PageAction,
    Profile,
    Security,
    Segment,
    Terms,
    TermsSection,
    Theme,
    Tile,
)
from entraide.profiles.pages import PAGE_ADDRESSES, PAGES_WITH_A_SCREEN
from entraide.profiles.palette import palette
from entraide.profiles.text import LANGUAGES, Language, Text

__all__ = [
    "ICONS",
    "LANGUAGES",
    "PAGES_WITH_A_SCREEN",
    "PAGE_ADDRESSES",
    "Contacts",
    "DebtorBank",
    "Demo",
    "DemoAgent",
    "DemoContract",
    "DemoHousehold",
    "DemoPerson",
    "DepositCatalogue",
    "DepositCategory",
    "DepositType",
    "Fault",
    "Identity",
    "InfoPage",
    "InternalPhone",
    "Language",
    "MenuCategory",
    "MenuEntry",
    "NewsItem",
    "OpeningHours",
    "PageAction",
    "Profile",
    "ProfileError",
    "Security",
    "Segment",
    "Terms",
    "TermsSection",
    "Text",
    "Theme",
    "Tile",
    "information_page",
    "is_open",
    "is_public_holiday",
    "load_profile",
    "menu_for",
    "news_for",
    "next_change",
    "palette",
    "tiles_for",
]
