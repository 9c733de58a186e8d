"""Partners that somebody can reach: a number or the mutual's, hours, a segment that exists, one of a kind."""

from collections.abc import Iterable, Iterator

from entraide.profiles.checks.hours import check_hours
from entraide.profiles.checks.references import Mention, duplicates
from entraide.profiles.decode import shown
from entraide.profiles.faults import Fault
from entraide.profiles.files import PARTNERS, PartnersFile
from entraide.profiles.model import Segment
from entraide.profiles.partners import PARTNER_PAGES, Partner


def check_partners(found: PartnersFile, *, segments: tuple[Segment, ...] | None) -> Iterator[Fault]:
    """Every fault of `partners.toml`."""
    yield from duplicates((one.id for one in found.partners), file=PARTNERS, key="partner")
    for one in found.partners:
        key = f"partner[{one.id}]"
        yield from _check_reach(one, key=key)
        yield from _check_kind(one, key=key)
        yield from check_hours(one.hours, file=PARTNERS, key=f"{key}.hours")
    if segments is not None:
        yield from _check_segments(found.partners, [one.id for one in segments])


def check_partner_pages(
    mentions: Iterable[Mention], *, partners: tuple[Partner, ...], segments: tuple[Segment, ...]
) -> Iterator[Fault]:
    """Whoever is shown the name of a partner's page must have that partner."""
    for mention in mentions:
        if mention.page not in PARTNER_PAGES:
            continue
        readers = mention.readers(segments)
        missing = sorted(one for one in readers if not _has(partners, str(mention.page), one))
        if missing:
            found = f"{shown(mention.page)}, which has no partner"
            expected = f"a [[partner]] in {PARTNERS} for {', '.join(missing)}"
            yield Fault(mention.file, f"{mention.key}.page", found, expected)


def _check_reach(one: Partner, *, key: str) -> Iterator[Fault]:
    if one.phone is None and not one.through_mutual:
        expected = "a French number by pairs, or through_mutual = true where our advisers say how to reach it"
        yield Fault(PARTNERS, f"{key}.phone", "nothing", expected)
    if one.phone is not None and one.through_mutual:
        yield Fault(PARTNERS, f"{key}.through_mutual", "true", "no number beside it")
    if not one.hours and not one.through_mutual:
        yield Fault(PARTNERS, f"{key}.hours", "nothing", "when somebody answers")


def _check_kind(one: Partner, *, key: str) -> Iterator[Fault]:
    if one.kind == "teleconsultation" and one.teleconsultations is None:
        yield Fault(PARTNERS, f"{key}.teleconsultations", "nothing", "how a consultation goes, and for whom")
    if one.kind != "teleconsultation" and one.teleconsultations is not None:
        expected = "a partner of the kind teleconsultation"
        yield Fault(PARTNERS, f"{key}.teleconsultations", "a table", expected)
    if one.kind == "teleconsultation" and not one.hours:
        yield Fault(PARTNERS, f"{key}.hours", "nothing", "when a doctor answers")


def _check_segments(partners: tuple[Partner, ...], known: list[str]) -> Iterator[Fault]:
    told: dict[tuple[str, str], str] = {}
    for one in partners:
        for name in one.segments:
            if name not in known:
                expected = "one of " + ", ".join(known)
                yield Fault(PARTNERS, f"partner[{one.id}].segments", shown(name), expected)
        for segment in one.segments or known:
            first = told.setdefault((one.kind, segment), one.id)
            if first != one.id:
                found = f"{one.kind} for {segment}, as {first}"
                yield Fault(PARTNERS, f"partner[{one.id}]", found, "one partner of a kind for each segment")


def _has(partners: tuple[Partner, ...], kind: str, segment: str) -> bool:
    return any(one.kind == kind and one.is_for(segment) for one in partners)
