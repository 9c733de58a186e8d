"""The password rule (X4) and why a given password is refused."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MAX_LENGTH = 512
# Shorter names are found by chance in good passwords.
SHORTEST_NAME = 4
_PARTS = re.compile(r"[\s'’-]+")
_COMMON = CommonPasswordValidator()


def criteria(*, min_length: int) -> tuple[dict[str, object], ...]:
    """The rule in the reader's words, in the order of the page; `rule` is what the live list looks at."""
    length = ngettext("Au moins %(count)d caractère", "Au moins %(count)d caractères", min_length)
    return (
        {"rule": "min_length", "value": min_length, "label": length % {"count": min_length}},
        {"rule": "lower", "label": _("Au moins une lettre minuscule")},
        {
            "rule": "classes",
            "value": 2,
            "label": _("Au moins deux de ces trois : un chiffre, une majuscule, un caractère spécial"),
        },
    )


def problems(
    password: str, *, min_length: int, personal: Iterable[str], birth_date: date | None
) -> list[str]:
    """Every reason to refuse this password, in the reader's words; empty when it is good."""
    found = []
    if len(password) < min_length:
        found.append(
            ngettext(
                "Il compte %(found)d caractère : il en faut au moins %(wanted)d.",
                "Il compte %(found)d caractères : il en faut au moins %(wanted)d.",
                len(password),
            )
            % {"found": len(password), "wanted": min_length}
        )
    if len(password) > MAX_LENGTH:
        found.append(_("Il est trop long : %(wanted)d caractères au plus.") % {"wanted": MAX_LENGTH})
        return found
    if not any(one.islower() for one in password):
        found.append(_("Il manque une lettre minuscule."))
    if _kinds_besides_lower_case(password) < 2:
        found.append(
            _("Ajoutez au moins deux de ces trois : un chiffre, une majuscule, un caractère spécial.")
        )
    if _is_common(password):
        found.append(
            _(
                "Ce mot de passe figure dans les listes que les pirates essaient d’abord : "
                "choisissez-en un autre."
            )
        )
    if _is_personal(password, personal, birth_date):
        found.append(
            _("Il contient votre nom, votre date de naissance ou votre numéro : on peut le deviner.")
        )
    return found


def was_used(password: str, hashes: Iterable[str]) -> bool:
    """True when this password is one of those used before (PWD-10), whatever their number."""
    return any(check_password(password, one) for one in hashes)


def _kinds_besides_lower_case(password: str) -> int:
    return sum(
        (
            any(one.isdigit() for one in password),
            any(one.isupper() for one in password),
            any(not one.isalpha() and not one.isdigit() for one in password),
        )
    )


def _is_common(password: str) -> bool:
    # Also the known password with digits or signs around it ("Azerty123456!").
    core = password.strip("0123456789!?.,;:*+-_@#$%&/\\ ").lower()
    for candidate in {password, password.lower(), core}:
        if len(candidate) < 4:
            continue
        try:
            _COMMON.validate(candidate)
        except ValidationError:
            if candidate != core or len(core) * 2 >= len(password):
                return True
    return False


def _is_personal(password: str, personal: Iterable[str], birth_date: date | None) -> bool:
    """Without accents, case and signs: `Le-Goff` is found in `legoff38!`, 10/01/1954 in `10.01.1954`."""
    words = [plain for name in personal for plain in (_plain(name), *map(_plain, _PARTS.split(name)))]
    if birth_date is not None:
        words += [birth_date.strftime(form) for form in ("%d%m%Y", "%Y%m%d", "%d%m%y")]
    low = _plain(password)
    return any(word in low for word in words if len(word) >= SHORTEST_NAME)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).lower()
    return "".join(one for one in bare if one.isalnum())
