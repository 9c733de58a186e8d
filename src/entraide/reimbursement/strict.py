"""Strict reading of TOML: an unknown key, a missing one or a wrong form is a fault with its place."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from entraide.reimbursement.errors import DataError, DataFault
from entraide.reimbursement.money import Words, parse_amount, parse_rate

E = TypeVar("E", bound=StrEnum)


def read_toml(path: Path) -> dict[str, object]:
    """The file as tables; a file that is no UTF-8 or no TOML raises `DataError` with the place."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DataError([DataFault(path.name, f"byte {error.start}", "another encoding", "UTF-8")]) from error
    except tomllib.TOMLDecodeError as error:
        raise DataError([DataFault(path.name, "", str(error), "TOML that can be read")]) from error


class Table:
    """One table of a file: every key that is asked for is taken, `close` refuses the others."""

    def __init__(self, file: str, key: str, value: object, faults: list[DataFault]) -> None:
        self.file, self.key, self.faults = file, key, faults
        self._known: list[str] = []
        if not isinstance(value, Mapping):
            self.note("", found=shown(value), expected="a table")
            value = {}
        self._rest: dict[str, object] = dict(value)

    def note(self, name: str, *, found: str, expected: str) -> None:
        place = f"{self.key}.{name}" if self.key and name else self.key or name
        self.faults.append(DataFault(self.file, place, found, expected))

    def has(self, name: str) -> bool:
        return name in self._rest

    def close(self) -> None:
        """Refuses what nobody asked for."""
        for name in self._rest:
            self.note(name, found="an unknown key", expected="one of " + ", ".join(sorted(self._known)))

    def text(self, name: str, *, default: str | None = None) -> str:
        value = self._take(name)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.note(name, found=shown(value), expected="a text")
        return ""

    def words(self, name: str) -> Words:
        inner = Table(self.file, self._under(name), self._take(name), self.faults)
        words = Words(inner.text("fr"), inner.text("en"))
        inner.close()
        return words

    def day(self, name: str, *, optional: bool = False) -> date | None:
        value = self._take(name)
        if type(value) is date or (value is None and optional):
            return value
        self.note(name, found=shown(value), expected="a date")
        return None

    def flag(self, name: str) -> bool:
        value = self._take(name)
        if isinstance(value, bool) or value is None:
            return bool(value)
        self.note(name, found=shown(value), expected="true or false")
        return False

    def whole(self, name: str, *, default: int | None = None) -> int:
        value = self._take(name)
        if value is None and default is not None:
            return default
        if type(value) is int and value >= 0:
            return value
        self.note(name, found=shown(value), expected="a whole number")
        return 0

    def amount(self, name: str, *, optional: bool = False) -> int | None:
        """Cents of a text such as `26.50`."""
        return self._parsed(name, parse_amount, 'an amount such as "26.50"', optional=optional)

    def rate(self, name: str, *, optional: bool = False) -> int | None:
        """Basis points of a text such as `70 %`."""
        return self._parsed(name, parse_rate, 'a rate such as "70 %"', optional=optional)

    def choice(self, name: str, kind: type[E], *, default: E | None = None) -> E | None:
        value = self._take(name)
        if value is None and default is not None:
            return default
        names = [member.value for member in kind]
        if value in names:
            return kind(str(value))
        self.note(name, found=shown(value), expected="one of " + ", ".join(names))
        return default

    def names(self, name: str, known: Iterable[str]) -> frozenset[str]:
        """A list of names, all of them known."""
        listed, wanted = self._list(name), set(known)
        for item in listed:
            if item not in wanted:
                self.note(name, found=shown(item), expected="one of " + ", ".join(sorted(wanted)))
        return frozenset(str(item) for item in listed if item in wanted)

    def table(self, name: str) -> "Table | None":
        value = self._take(name)
        return None if value is None else Table(self.file, self._under(name), value, self.faults)

    def tables(self, name: str) -> list["Table"]:
        found = []
        for number, item in enumerate(self._list(name), 1):
            label = item.get("id") or item.get("key") or item.get("code") if isinstance(item, dict) else None
            found.append(Table(self.file, f"{self._under(name)}[{label or f'#{number}'}]", item, self.faults))
        return found

    def _list(self, name: str) -> list[object]:
        value = self._take(name)
        if value is None or isinstance(value, list):
            return value or []
        self.note(name, found=shown(value), expected="a list")
        return []

    def _parsed(self, name: str, parse: object, expected: str, *, optional: bool) -> int | None:
        value = self._take(name)
        if value is None and optional:
            return None
        read = parse(value) if isinstance(value, str) and callable(parse) else None
        if read is None:
            self.note(name, found=shown(value), expected=expected)
            return None
        return int(read)

    def _take(self, name: str) -> object:
        self._known.append(name)
        return self._rest.pop(name, None)

    def _under(self, name: str) -> str:
        return f"{self.key}.{name}" if self.key else name


def shown(value: object) -> str:
    """A value as the author of the file wrote it, cut when it is long."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 60 else f'"{value[:59]}…"'
    if isinstance(value, list | Mapping):
        return "a list" if isinstance(value, list) else "a table"
    return str(value)
