"""A strict decoder: a TOML table against a frozen dataclass, every difference noted, nothing guessed."""

import types
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from entraide.profiles.faults import Fault
from entraide.profiles.shapes import Listed
from entraide.profiles.text import LANGUAGES, Language, Text, typeset

T = TypeVar("T")
_NAMES_OF_TYPES = {bool: "true or false", int: "a whole number", str: "a text", date: "a date"}


class _Refused:
    """Stands for a value that could not be read; its fault is already noted."""


REFUSED: Final = _Refused()


class Decoder:
    """Reads the parts of one file and notes its faults, in the order of the file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def read(self, kind: type[T], value: object, *, key: str = "") -> T | None:
        """The value as this kind of data, or None when something in it was refused."""
        result = self._value(kind, value, key)
        return None if result is REFUSED else cast("T", result)

    def note(self, key: str, *, found: str, expected: str) -> _Refused:
        self.faults.append(Fault(self.file, key, found, expected))
        return REFUSED

    def _value(self, kind: Any, value: object, key: str) -> Any:
        origin = get_origin(kind)
        if kind is Text:
            return self._text(value, key)
        if is_dataclass(kind):
            return self._table(kind, value, key)
        if origin is Annotated:
            return self._shaped(kind, value, key)
        if origin is Literal:
            return self._one_of(get_args(kind), value, key)
        if origin is tuple:
            return self._items(get_args(kind)[0], value, key)
        if origin in (types.UnionType, Union):
            return self._value(get_args(kind)[0], value, key)
        return self._plain(kind, value, key)

    def _plain(self, kind: type, value: object, key: str) -> Any:
        # A bool is an int and a datetime is a date for Python; for the author of a file they are not.
        if type(value) is kind:
            return value
        return self.note(key, found=shown(value), expected=_NAMES_OF_TYPES[kind])

    def _shaped(self, kind: Any, value: object, key: str) -> Any:
        plain, rule = get_args(kind)
        read = self._plain(plain, value, key)
        if read is REFUSED or rule.fits(read):
            return read
        hint = _nearest(rule, read) if isinstance(rule, Listed) else ""
        return self.note(key, found=shown(read), expected=rule.expected + hint)

    def _one_of(self, names: tuple[str, ...], value: object, key: str) -> Any:
        if value in names:
            return value
        return self.note(key, found=shown(value), expected="one of " + ", ".join(names))

    def _items(self, kind: Any, value: object, key: str) -> Any:
        if not isinstance(value, list):
            return self.note(key, found=shown(value), expected="a list")
        keys = (f"{key}[{_name_of(item, number)}]" for number, item in enumerate(value, 1))
        read = [self._value(kind, item, place) for item, place in zip(value, keys, strict=True)]
        return REFUSED if any(item is REFUSED for item in read) else tuple(read)

    def _text(self, value: object, key: str) -> Any:
        if not isinstance(value, dict):
            return self.note(key, found=shown(value), expected="a text in both languages")
        before = len(self.faults)
        for name in [name for name in value if name not in LANGUAGES]:
            self.note(_under(key, name), found="an unknown key", expected="one of fr, en")
        french = self._words(value.get("fr"), "fr", _under(key, "fr"))
        english = self._words(value.get("en"), "en", _under(key, "en"))
        return REFUSED if len(self.faults) > before else Text(french, english)

    def _words(self, value: object, language: Language, key: str) -> str:
        if isinstance(value, str) and value.strip():
            return typeset(value.strip(), language=language)
        expected = "a text in French" if language == "fr" else "a text in English"
        self.note(key, found="nothing" if value is None else shown(value), expected=expected)
        return ""

    def _table(self, kind: Any, value: object, key: str) -> Any:
        if not isinstance(value, dict):
            return self.note(key, found=shown(value), expected="a table")
        before = len(self.faults)
        parts = _parts_of(kind)
        for name in [name for name in value if name not in {part.key for part in parts}]:
            expected = "one of " + ", ".join(part.key for part in parts)
            self.note(_under(key, name), found="an unknown key", expected=expected)
        wanted = [part for part in parts if part.key in value or part.required]
        read = {part.name: self._part(part, value, key) for part in wanted}
        if len(self.faults) > before:
            return REFUSED
        return kind(**read)

    def _part(self, part: "_Part", table: dict[str, object], key: str) -> Any:
        if part.key not in table:
            return self.note(_under(key, part.key), found="nothing", expected=part.described)
        return self._value(part.kind, table[part.key], _under(key, part.key))


class _Part:
    """One field of a dataclass, seen as a key of a file."""

    def __init__(self, field: Field[Any], kind: Any) -> None:
        self.name = field.name
        self.key: str = field.metadata.get("key", field.name)
        self.kind = kind
        self.required = field.default is MISSING and field.default_factory is MISSING
        self.described = _described(kind)


@cache
def _parts_of(kind: Any) -> tuple[_Part, ...]:
    kinds = get_type_hints(kind, include_extras=True)
    return tuple(_Part(field, kinds[field.name]) for field in fields(kind))


def _described(kind: Any) -> str:
    """What a missing key should have held."""
    origin = get_origin(kind)
    if kind is Text:
        return "a text in both languages"
    if origin is tuple:
        return "a list"
    if origin is Literal:
        return "one of " + ", ".join(get_args(kind))
    if origin is Annotated:
        return str(get_args(kind)[1].expected)
    return _NAMES_OF_TYPES.get(kind, "a table")


def _nearest(rule: Listed, value: str) -> str:
    near = get_close_matches(value, sorted(rule.names), n=1)
    return f" (perhaps {near[0]})" if near else ""


def _under(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _name_of(item: object, number: int) -> str:
    """An item is named by its id, page or type when it has one, else by its place, counted from 1."""
    if isinstance(item, dict):
        for name in ("id", "page", "type"):
            if isinstance(item.get(name), str):
                return str(item[name])
    return f"#{number}"


def shown(value: object) -> str:
    """A value as its author wrote it, cut when it is long."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 60 else f'"{value[:59]}…"'
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
