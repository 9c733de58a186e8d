"""What `entraide check` says of the antivirus: tried with the test string that every antivirus knows."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from entraide.portal.config.refused import Refused
from entraide.portal.domain.requests.antivirus import NoVerdict, VirusScanner, virus_scanner
from entraide.portal.domain.requests.holding import MEGABYTE
from entraide.portal.domain.requests.scanning import how_many_wait

# The harmless test string of the EICAR institute, in two halves: whole it would be found in this file.
_TEST_STRING = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
# ClamAV brings new signatures about once a day.
OLD = timedelta(days=7)


def antivirus_line(*, now: datetime) -> str:
    """One line for the operator; raises Refused when the antivirus of the settings cannot be relied on."""
    scanner = virus_scanner()
    if scanner is None:
        return "antivirus: none (ANTIVIRUS_URL is not set): what members send is kept unscanned"
    try:
        version = scanner.version()
        _try(scanner)
    except NoVerdict as error:
        url = settings.ENTRAIDE.antivirus_url
        raise Refused(f"ANTIVIRUS_URL: found {url!r}, which gave no answer to rely on ({error})") from None
    state = f"answers and finds the test virus; {_age(version, now=now)}"
    return f"antivirus: {version.partition('/')[0]} {state}; {how_many_wait()} files wait for their scan"


def _try(scanner: VirusScanner) -> None:
    if scanner.scan([_TEST_STRING]).is_clean:
        raise Refused("ANTIVIRUS_URL: the antivirus does not find the test virus: are its signatures there?")
    largest = settings.PROFILE.deposit.max_file_mb * MEGABYTE
    try:
        scanner.scan([bytes(largest)])
    except NoVerdict:
        raise Refused(
            f"ANTIVIRUS_URL: a file of {largest} bytes, which members may send, is too large for it: "
            "set StreamMaxLength, MaxFileSize and MaxScanSize in clamd.conf"
        ) from None


def _age(version: str, *, now: datetime) -> str:
    """clamd names itself, the number of its signatures and their day: `ClamAV 1.4.6/27456/Sat Nov 21 …`."""
    try:
        made = datetime.strptime(version.split("/")[2], "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except (IndexError, ValueError):
        return "it does not tell how old its signatures are"
    days = max(0, (now - made).days)
    late = ", TOO OLD: does freshclam run?" if now - made > OLD else ""
    return f"signatures {days} days old{late}"
