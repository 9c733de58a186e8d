"""The two tempers of the access rules: what a preset says for the keys that a mutual does not write."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

# `guide`, the sources to the letter, is what model.Security says by itself.
PRESETS: Final[Mapping[str, Mapping[str, object]]] = MappingProxyType(
    {
        "guide": MappingProxyType({}),
        "renforce": MappingProxyType(
            {
                "passphrase_min_length": 20,
                "strong_factor_ends_expiry": True,
                "reset_during_lock": True,
                "check_when": "risk",
                "password_max_age_days": 0,
            }
        ),
    }
)


def with_preset(table: dict[str, Any]) -> dict[str, Any]:
    """The table of profile.toml, its `[security]` filled with what its preset says; what is written wins.

    A preset that nobody knows, or a `[security]` that is no table, is left as it is for the decoder to note.
    """
    security = table.get("security")
    preset = security.get("preset") if isinstance(security, dict) else None
    if not isinstance(security, dict) or not isinstance(preset, str) or preset not in PRESETS:
        return table
    return {**table, "security": {**PRESETS[preset], **security}}
