"""From a mutual's folder to its profile, or to everything that is wrong in it, in one pass."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from entraide.profiles import files
from entraide.profiles.cards import Card
from entraide.profiles.checks.cards import check_card
from entraide.profiles.checks.demo import check_demo
from entraide.profiles.checks.desk import check_desk
from entraide.profiles.checks.help import check_help
from entraide.profiles.checks.hospital import check_hospital
from entraide.profiles.checks.hours import check_contact_hours
from entraide.profiles.checks.networks import check_networks
from entraide.profiles.checks.partners import check_partner_pages, check_partners
from entraide.profiles.checks.pieces import check_pieces
from entraide.profiles.checks.prevention import check_prevention
from entraide.profiles.checks.references import check_ids, check_segments, mentions
from entraide.profiles.checks.retirement import check_retirement, check_retirement_pages
from entraide.profiles.checks.security import check_security
from entraide.profiles.checks.social_fund import check_fund_pages, check_social_fund
from entraide.profiles.checks.termination import check_termination
from entraide.profiles.checks.theme import check_theme
from entraide.profiles.decode import Decoder
from entraide.profiles.desk import Desk
from entraide.profiles.faults import Fault, ProfileError
from entraide.profiles.guarantees import Tables, read_guarantees
from entraide.profiles.help import HelpPage
from entraide.profiles.hospital import HospitalCover
from entraide.profiles.households import Demo
from entraide.profiles.model import Profile, Segment, Terms, Theme
from entraide.profiles.networks import Networks
from entraide.profiles.pieces import Pieces
from entraide.profiles.presets import with_preset
from entraide.profiles.prevention import Prevention
from entraide.profiles.retirement import Retirement
from entraide.profiles.social_fund import SocialFund
from entraide.profiles.termination import Termination

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What each file held; None where a fault stopped it from being read."""

    main: files.ProfileFile | None
    menu: files.MenuFile | None
    news: files.NewsFile | None
    papers: files.PapersFile | None
    pieces: Pieces | None
    theme: Theme | None
    terms: Terms | None
    glossary: files.GlossaryFile | None
    prevention: Prevention | None
    demo: Demo | None
    desk: Desk | None
    hospital: HospitalCover | None
    card: Card | None
    termination: Termination | None
    partners: files.PartnersFile | None
    help: HelpPage | None
    networks: Networks | None
    social_fund: SocialFund | None
    retirement: Retirement | None


def load_profile(folder: Path) -> Profile:
    """The mutual of this folder; raises ProfileError with every fault found.

    A check that needs a file which could not be read is left for the next try.
    """
    if not folder.is_dir():
        raise ProfileError([Fault(folder.name, "", "no such folder", "the folder of a mutual")])
    faults: list[Fault] = []
    parts = _Parts(
        main=_read(files.ProfileFile, folder, files.PROFILE, faults, prepare=with_preset),
        menu=_read(files.MenuFile, folder, files.MENU, faults),
        news=_read(files.NewsFile, folder, files.NEWS, faults),
        papers=_read(files.PapersFile, folder, files.PAPERS, faults),
        pieces=_read(Pieces, folder, files.PIECES, faults),
        theme=_read(Theme, folder, files.THEME, faults),
        terms=_read(Terms, folder, files.TERMS, faults),
        glossary=_read(files.GlossaryFile, folder, files.GLOSSARY, faults),
        prevention=_read(Prevention, folder, files.PREVENTION, faults),
        demo=_read(Demo, folder, files.DEMO, faults),
        desk=_read(Desk, folder, files.DESK, faults),
        hospital=_read(HospitalCover, folder, files.HOSPITAL, faults),
        card=_read(Card, folder, files.CARD, faults),
        termination=_read(Termination, folder, files.TERMINATION, faults),
        partners=_read(files.PartnersFile, folder, files.PARTNERS, faults),
        help=_read(HelpPage, folder, files.HELP, faults),
        networks=_read(Networks, folder, files.NETWORKS, faults),
        social_fund=_read_if_there(SocialFund, folder, files.SOCIAL_FUND, faults),
        retirement=_read_if_there(Retirement, folder, files.RETIREMENT, faults),
    )
    guarantees = read_guarantees(folder, faults)
    if parts.card is not None:
        faults.extend(check_card(parts.card, contracts=guarantees))
    if parts.main is not None:
        faults.extend(_check_segments_of(parts, parts.main.segments, guarantees))
    if parts.help is not None:
        faults.extend(check_help(parts.help))
    faults.extend(_check(parts, folder=folder))
    if faults:
        raise ProfileError(faults)
    return _assemble(parts, guarantees, folder=folder)


def _read(
    kind: type[T],
    folder: Path,
    name: str,
    faults: list[Fault],
    prepare: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> T | None:
    table = _table(folder / name, name, faults)
    if table is None:
        return None
    decoder = Decoder(name)
    part = decoder.read(kind, prepare(table))
    faults.extend(decoder.faults)
    return part


def _read_if_there(kind: type[T], folder: Path, name: str, faults: list[Fault]) -> T | None:
    """None also where the mutual does without this file."""
    return _read(kind, folder, name, faults) if (folder / name).exists() else None


def _table(path: Path, name: str, faults: list[Fault]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(Fault(name, "", "no such file", "a TOML file"))
    except UnicodeDecodeError:
        faults.append(Fault(name, "", "bytes that are not UTF-8", "a TOML file in UTF-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(name, "", f"a mistake of writing: {error}", "a TOML file"))
    return None


def _check(parts: _Parts, *, folder: Path) -> Iterator[Fault]:
    main = parts.main
    segments = None if main is None else main.segments
    yield from check_ids(
        segments=segments, menu=parts.menu, news=parts.news, papers=parts.papers, glossary=parts.glossary
    )
    yield from _check_offers(parts, segments=segments)
    if main is not None:
        yield from check_contact_hours(main.contacts)
        yield from check_security(main.security)
    if parts.pieces is not None:
        yield from check_pieces(parts.pieces, types=_types_of(parts.papers))
    if parts.prevention is not None:
        yield from check_prevention(parts.prevention)
    if parts.hospital is not None:
        yield from check_hospital(parts.hospital, segments=segments, papers=parts.papers, desk=parts.desk)
    if parts.theme is not None:
        yield from check_theme(parts.theme, folder=folder)
    if main is not None and parts.demo is not None:
        yield from check_demo(parts.demo, segments=main.segments, security=main.security)
    if parts.desk is not None and parts.papers is not None:
        yield from check_desk(parts.desk, deposit=parts.papers.deposit)
    if segments is not None:
        yield from _check_names(parts, segments=segments, folder=folder)


def _check_names(parts: _Parts, *, segments: tuple[Segment, ...], folder: Path) -> Iterator[Fault]:
    """Segments that are named exist, and whoever is shown the name of a page can open it."""
    found = mentions(menu=parts.menu, news=parts.news, help_page=parts.help, prevention=parts.prevention)
    yield from check_segments(found, segments=segments)
    if parts.partners is not None:
        yield from check_partner_pages(found, partners=parts.partners.partners, segments=segments)
    yield from check_fund_pages(found, has_fund=(folder / files.SOCIAL_FUND).exists())
    if parts.retirement is not None or not (folder / files.RETIREMENT).exists():
        yield from check_retirement_pages(found, retirement=parts.retirement, segments=segments)


def _check_segments_of(parts: _Parts, segments: tuple[Segment, ...], guarantees: Tables) -> Iterator[Fault]:
    """What is said of some segments, contract by contract."""
    if parts.termination is not None:
        yield from check_termination(parts.termination, segments=segments)
    if parts.retirement is not None:
        yield from check_retirement(
            parts.retirement, segments=segments, papers=parts.papers, contracts=guarantees
        )


def _check_offers(parts: _Parts, *, segments: tuple[Segment, ...] | None) -> Iterator[Fault]:
    """What a mutual offers besides its contracts."""
    if parts.networks is not None:
        yield from check_networks(parts.networks, segments=segments)
    if parts.social_fund is not None:
        yield from check_social_fund(
            parts.social_fund, papers=parts.papers, pieces=parts.pieces, desk=parts.desk
        )
    if parts.partners is not None:
        yield from check_partners(parts.partners, segments=segments)


def _types_of(papers: files.PapersFile | None) -> frozenset[str] | None:
    if papers is None:
        return None
    return frozenset(kind.id for category in papers.deposit.categories for kind in category.types)


def _assemble(parts: _Parts, guarantees: Tables, *, folder: Path) -> Profile:
    main, menu = _whole(parts.main), _whole(parts.menu)
    return Profile(
        slug=folder.name,
        folder=folder,
        identity=main.identity,
        contacts=main.contacts,
        segments=main.segments,
        security=main.security,
        menu=menu.menu,
        tiles=menu.tiles,
        news=_whole(parts.news).news,
        deposit=_whole(parts.papers).deposit,
        pieces=_whole(parts.pieces),
        hospital=_whole(parts.hospital),
        terms=_whole(parts.terms),
        glossary=_whole(parts.glossary).terms,
        prevention=_whole(parts.prevention),
        theme=_whole(parts.theme),
        demo=_whole(parts.demo),
        desk=_whole(parts.desk),
        guarantees=guarantees,
        bank=main.bank,
        card=_whole(parts.card),
        termination=_whole(parts.termination),
        networks=_whole(parts.networks),
        mediator=main.mediator,
        partners=_whole(parts.partners).partners,
        help=_whole(parts.help),
        social_fund=parts.social_fund,
        retirement=parts.retirement,
    )


def _whole(part: T | None) -> T:
    # A part is None only beside a fault, and then the profile is never put together.
    assert part is not None
    return part
