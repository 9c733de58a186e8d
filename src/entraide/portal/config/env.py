"""The environment, read once and strictly: a bad value stops the start with name, found, expected."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from entraide.portal.foundation.vault.keys import KeyRing

SECRETS = frozenset(
    {
        "ENTRAIDE_SECRET_KEY",
        "ENTRAIDE_SECRET_KEY_FALLBACKS",
        "ENTRAIDE_DATA_KEYS",
        "DATABASE_URL",
        "EMAIL_URL",
        "SMS_URL",
        "FAX_URL",
    }
)
_KEY_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")


class EnvironmentFault(Exception):
    """One or several settings cannot be used; the text has one line for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of the contract, typed. Secrets stay out of repr."""

    mutual: str
    mutuals_dir: Path
    public_url: str
    data_dir: Path
    secret_key: str
    former_secret_keys: tuple[str, ...]
    keys: KeyRing
    database_url: str
    email_url: str
    sms_url: str
    antivirus_url: str
    fax_url: str
    map_tiles: str
    log_level: str
    demo: bool

    @property
    def profile_dir(self) -> Path:
        return self.mutuals_dir / self.mutual

    @property
    def host(self) -> str:
        return urlsplit(self.public_url).hostname or ""

    @property
    def hosts_with_port(self) -> frozenset[str]:
        """The Host headers that mean the public address: a port that goes without saying may be said."""
        parts = urlsplit(self.public_url)
        usual = 443 if self.is_https else 80
        port = parts.port or usual
        named = f"{self.host}:{port}"
        return frozenset({named, self.host} if port == usual else {named})

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    def __repr__(self) -> str:
        return f"Environment(mutual={self.mutual!r}, public_url={self.public_url!r}, demo={self.demo})"


class _Reader:
    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.faults: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        """The setting's value, or what the file named by `NAME_FILE` holds, or the default."""
        file_name = self.values.get(f"{name}_FILE")
        if file_name:
            try:
                return Path(file_name).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                why = getattr(error, "strerror", None) or "not text"
                self.fault(f"{name}_FILE", file_name, f"a readable file ({why})")
                return ""
        return self.values.get(name) or default or ""

    def checked(self, name: str, default: str | None, ok: Callable[[str], bool], expected: str) -> str:
        before = len(self.faults)
        found = self.text(name, default)
        if len(self.faults) == before and not _holds(ok, found):
            self.fault(name, found, expected)
        return found

    def fault(self, name: str, found: str, expected: str) -> None:
        shown = "(hidden)" if found and name in SECRETS else repr(found) if found else "nothing"
        self.faults.append(f"{name}: found {shown}, expected {expected}")


def _holds(ok: Callable[[str], bool], text: str) -> bool:
    try:
        return ok(text)
    except ValueError:  # an address that cannot be cut into parts
        return False


def _is_web_address(text: str) -> bool:
    parts = urlsplit(text)
    whole = f"{parts.scheme}://{parts.netloc}" == text.rstrip("/") and "@" not in parts.netloc
    return whole and parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0


def _has_scheme(*schemes: str) -> Callable[[str], bool]:
    def ok(text: str) -> bool:
        parts = urlsplit(text)
        return parts.scheme in schemes and parts.port != 0  # reading the port checks that it is a number

    return ok


def _is_sms_address(text: str) -> bool:
    parts = urlsplit(text)
    return (
        text == "outbox://"
        or parts.scheme == "https"
        or (parts.scheme == "http" and _is_local(parts.hostname))
    )


def _is_antivirus_address(text: str) -> bool:
    parts = urlsplit(text)
    over_network = bool(parts.hostname) and parts.path in {"", "/"} and parts.port != 0
    on_this_machine = not parts.netloc and len(parts.path) > 1
    return not text or (parts.scheme == "clamd" and (over_network or on_this_machine))


def _is_fax_address(text: str) -> bool:
    return not text or _is_sms_address(text)


def _is_tile_address(text: str) -> bool:
    parts = urlsplit(text)
    plain = text.isascii() and text.isprintable() and not set(text) & set(" ;,'\"")
    named = all(name in parts.path for name in ("{z}", "{x}", "{y}"))
    return not text or (parts.scheme == "https" and bool(parts.hostname) and plain and named)


def _is_local(host: str | None) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"} or (host or "").endswith(".localhost")


def parse_keys(text: str) -> KeyRing:
    """`id:base64,id:base64` → ring; the first data key seals, all open; `index` is the search key."""
    keys: dict[str, bytes] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, encoded = part.partition(":")
        if not _KEY_NAME.fullmatch(name) or name in keys:
            raise ValueError("keys as id:base64, each id once, of letters and digits")
        try:
            keys[name] = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            raise ValueError(f"key {name!r} in base64") from None
        if len(keys[name]) != 32:
            raise ValueError(f"32 bytes in key {name!r}, found {len(keys[name])}")
    if "index" not in keys or len(keys) < 2:
        raise ValueError("a key named 'index' and at least one data key, as id:base64 of 32 bytes")
    index = keys.pop("index")
    return KeyRing(current=next(iter(keys)), keys=keys, index=index)


def read_environment(values: Mapping[str, str], *, root: Path) -> Environment:
    """Reads and checks every setting; raises EnvironmentFault with all faults at once."""
    read = _Reader(values)
    data_dir = Path(read.text("ENTRAIDE_DATA_DIR", str(root / "var"))).resolve()
    mutuals_dir = Path(read.text("ENTRAIDE_MUTUALS_DIR", str(root / "mutuals"))).resolve()
    known = sorted(entry.parent.name for entry in mutuals_dir.glob("*/profile.toml"))
    choices = (
        f"one of {', '.join(known)}" if known else f"a mutual's folder in {mutuals_dir}, which holds none"
    )
    mutual = read.checked("ENTRAIDE_MUTUAL", None, known.__contains__, choices)
    demo = read.checked("ENTRAIDE_DEMO", "0", {"0", "1"}.__contains__, "0 or 1") == "1"
    public_url = read.checked(
        "ENTRAIDE_PUBLIC_URL", None, _is_web_address, "an address such as https://espace.example.org"
    ).rstrip("/")
    database_url = read.checked(
        "DATABASE_URL",
        f"sqlite:///{data_dir / 'entraide.sqlite3'}",
        _has_scheme("sqlite", "postgres", "postgresql"),
        "sqlite:///path or postgres://user:password@host:port/name",
    )
    services = _services(read, demo=demo)
    secret_key = read.checked(
        "ENTRAIDE_SECRET_KEY", None, lambda text: len(text) >= 50, "at least 50 random characters"
    )
    former = read.checked(
        "ENTRAIDE_SECRET_KEY_FALLBACKS",
        None,
        lambda text: all(len(one) >= 50 for one in text.split()),
        "former secret keys of at least 50 characters each, with spaces between",
    )
    log_level = read.checked(
        "ENTRAIDE_LOG_LEVEL", "info", {"info", "warning"}.__contains__, "info or warning"
    )
    ring = _keys(read)
    if not read.faults:
        uses_outbox = "outbox" in {urlsplit(one).scheme for one in services.values()}
        _check_demo(read, demo=demo, public_url=public_url, uses_outbox=uses_outbox)
    if read.faults or ring is None:
        raise EnvironmentFault(read.faults)
    return Environment(
        mutual=mutual,
        mutuals_dir=mutuals_dir,
        public_url=public_url,
        data_dir=data_dir,
        secret_key=secret_key,
        former_secret_keys=tuple(former.split()),
        keys=ring,
        database_url=database_url,
        **services,
        log_level=log_level,
        demo=demo,
    )


def _services(read: _Reader, *, demo: bool) -> dict[str, str]:
    """The addresses of what stands outside: mail, SMS, fax, antivirus, pictures of maps."""
    return {
        "email_url": read.checked(
            "EMAIL_URL", "outbox://", _has_scheme("outbox", "smtp", "smtps"), "smtp://user:password@host:port"
        ),
        "sms_url": read.checked("SMS_URL", "outbox://", _is_sms_address, "https://user:token@host/path"),
        "fax_url": read.checked(
            "FAX_URL",
            "outbox://" if demo else "",
            _is_fax_address,
            "https://user:token@host/path, or nothing",
        ),
        "map_tiles": read.checked(
            "MAP_TILES", "", _is_tile_address, "https://host/path with {z}, {x} and {y}, or nothing"
        ),
        "antivirus_url": read.checked(
            "ANTIVIRUS_URL", "", _is_antivirus_address, "clamd://host:port or clamd:///path/of/the/socket"
        ),
    }


def _keys(read: _Reader) -> KeyRing | None:
    before = len(read.faults)
    text = read.text("ENTRAIDE_DATA_KEYS")
    try:
        return parse_keys(text)
    except ValueError as error:
        if len(read.faults) == before:
            read.fault("ENTRAIDE_DATA_KEYS", text, str(error))
        return None


def _check_demo(read: _Reader, *, demo: bool, public_url: str, uses_outbox: bool) -> None:
    local = _is_local(urlsplit(public_url).hostname)
    if demo and not local:
        read.fault(
            "ENTRAIDE_DEMO", "1", f"0 with the public address {public_url}: the demo is for this machine"
        )
    if not demo and uses_outbox:
        read.fault(
            "EMAIL_URL, SMS_URL and FAX_URL",
            "the demo outbox",
            "a mail server and an SMS service outside the demo, a fax service or none",
        )
    if not demo and public_url.startswith("http://") and not local:
        read.fault("ENTRAIDE_PUBLIC_URL", public_url, "https:// outside this machine")
