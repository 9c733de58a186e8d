"""The files of a mutual's folder that hold more than one thing."""

from dataclasses import dataclass, field

from entraide.profiles.bank import DebtorBank
from entraide.profiles.complaints import Mediator
from entraide.profiles.model import (
    Contacts,
    DepositCatalogue,
    Identity,
    MenuCategory,
    NewsItem,
    Security,
    Segment,
    Tile,
)
from entraide.profiles.partners import Partner
from entraide.profiles.prevention import GlossaryTerm

PROFILE = "profile.toml"
MENU = "menu.toml"
NEWS = "news.toml"
PAPERS = "papers.toml"
PIECES = "pieces.toml"
THEME = "theme.toml"
TERMS = "texts/terms.toml"
GLOSSARY = "texts/glossary.toml"
PREVENTION = "texts/prevention.toml"
DEMO = "demo.toml"
DESK = "desk.toml"
HOSPITAL = "hospital.toml"
CARD = "card.toml"
TERMINATION = "termination.toml"
PARTNERS = "partners.toml"
HELP = "help.toml"
NETWORKS = "networks.toml"
# Only where a mutual has one.
SOCIAL_FUND = "social_fund.toml"
RETIREMENT = "retirement.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFile:
    identity: Identity
    contacts: Contacts
    security: Security
    segments: tuple[Segment, ...] = field(metadata={"key": "segment"})
    mediator: Mediator
    bank: DebtorBank | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuFile:
    menu: tuple[MenuCategory, ...] = field(metadata={"key": "category"})
    tiles: tuple[Tile, ...] = field(metadata={"key": "tile"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsFile:
    news: tuple[NewsItem, ...] = field(metadata={"key": "item"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersFile:
    deposit: DepositCatalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersFile:
    partners: tuple[Partner, ...] = field(metadata={"key": "partner"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryFile:
    terms: tuple[GlossaryTerm, ...] = field(metadata={"key": "term"})
