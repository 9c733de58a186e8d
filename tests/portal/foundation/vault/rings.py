"""Rings before, during and after a rotation; `k1` and the index are those of the tests' environment."""

import base64
from dataclasses import replace
from pathlib import Path

from django.conf import LazySettings
from django.conf import settings as django_settings

from entraide.portal.foundation.vault.keys import KeyRing

_KEYS = {"k1": b"k" * 32, "k2": b"2" * 32, "k3": b"3" * 32}


def ring(*names: str) -> KeyRing:
    """The first one seals."""
    return KeyRing(
        current=names[0],
        keys={name: _KEYS[name] for name in names},
        index=django_settings.ENTRAIDE.keys.index,
    )


def as_setting(*names: str) -> str:
    """The same ring as ENTRAIDE_DATA_KEYS."""
    keys = {"index": django_settings.ENTRAIDE.keys.index, **{name: _KEYS[name] for name in names}}
    return ",".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in keys.items())


def use(settings: LazySettings, *names: str, data_dir: Path) -> None:
    """From now on this process has these keys, and its files are there."""
    settings.ENTRAIDE = replace(settings.ENTRAIDE, keys=ring(*names), data_dir=data_dir)
