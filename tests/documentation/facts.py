"""The page of the facts, written from the code: `python -m tests.documentation.facts` writes it anew."""

import importlib
import inspect
import os
import pkgutil
import sys
from dataclasses import fields
from pathlib import Path

_CHANNELS = {"email": "e-mail", "sms": "SMS", "fax": "fax", "push": "notification"}
TARGET = Path(__file__).resolve().parents[2] / "docs" / "events.md"
_HEAD = """\
# Facts

A fact is what happened, in the past tense. An action publishes it in its own transaction; it becomes a row
of the journal, and after the commit the worker lets everything that subscribed react. The journal holds ids,
codes and counts: no amount of care, no document, no identity number, no contact.

Each row knows when it happened, `actor` (whose account did it; blank when nobody was signed in) and `about`
(which insured person it is about; blank when nobody is known).

This page is written from the code by `.venv/bin/python -m tests.documentation.facts`; a test compares the
two.
"""


def all_facts() -> list[type]:
    """Every kind of fact of the program, by module and then in the order of its file."""
    from entraide.portal import domain  # noqa: PLC0415 (needs the apps)
    from entraide.portal.foundation.events.facts import Fact  # noqa: PLC0415

    for module in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
    found = [one for one in _below(Fact) if one.__module__.startswith("entraide.")]
    return sorted(found, key=lambda one: (one.__module__, inspect.getsourcelines(one)[1]))


def _below(base: type) -> list[type]:
    return [one for direct in base.__subclasses__() for one in (direct, *_below(direct))]


def page() -> str:
    """The whole page."""
    parts, module = [_HEAD], ""
    for fact in all_facts():
        if fact.__module__ != module:
            module = fact.__module__
            parts.append(f"## {_place(module)}\n")
        parts.append(_entry(fact))
    return "\n".join(parts)


def _place(module: str) -> str:
    return f"`{module.removeprefix('entraide.portal.').replace('.', '/')}.py`"


def _entry(fact: type) -> str:
    return "\n".join(
        [
            f"### {fact.__name__}\n",
            f"{inspect.getdoc(fact)}\n".replace("\n", " ").strip() + "\n",
            f"- Personal data: {fact.personal_data}",  # type: ignore[attr-defined]
            f"- Holds: {_holds(fact)}",
            f"- Tells: {_tells(fact)}",
            "",
        ]
    )


def _holds(fact: type) -> str:
    own = [one.name for one in fields(fact) if one.name not in {"actor", "about"}]
    return ", ".join(f"`{name}`" for name in own) or "nothing more"


def _tells(fact: type) -> str:
    from entraide.portal.notifications.catalogue import CATALOGUE  # noqa: PLC0415 (needs the apps)

    return ", ".join(_notice(one) for one in CATALOGUE.get(fact, ())) or "nobody"


def _notice(notice: object) -> str:
    words = f"`{notice.name}` by {_CHANNELS[notice.channel]}"  # type: ignore[attr-defined]
    when = notice.when  # type: ignore[attr-defined]
    return f"{words} (when `{when[0]}` is `{when[1]}`)" if when else words


def main() -> None:
    importlib.import_module("tests.environment")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entraide.portal.config.settings")
    importlib.import_module("django").setup()
    TARGET.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{len(all_facts())} facts\n")


if __name__ == "__main__":
    main()
