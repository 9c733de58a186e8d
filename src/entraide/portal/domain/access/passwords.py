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
SHORTEST_KNOWN = 4
# Of a passphrase, which needs nothing else than its length.
FEWEST_CHARACTERS = 8
# Django's list of 20,000 comes from breaches all over the world; these are what members of a mutual think of.
_OFTEN_HERE = frozenset(
    {
        "adherent", "adherente", "assurance", "assurancemaladie", "bienvenue", "cartevitale",
        "complementaire", "espaceadherent", "grenoble", "lamutuelle", "mamutuelle", "masante",
        "monespace", "monmotdepasse", "mutuelle", "mutuellesante", "nouveaumdp", "nouveaumotdepasse",
        "remboursement", "remboursements", "retraite", "sante", "securitesociale", "tierspayant",
    }
)  # fmt: skip
_PARTS = re.compile(r"[\s'’-]+")
_COMMON = CommonPasswordValidator()


def criteria(*, min_length: int, passphrase_min_length: int = 0) -> tuple[dict[str, object], ...]:
    """The rule in the reader's words, in the order of the page; `rule` is what the live list looks at.

    From `passphrase_min_length` characters on (0: never) the kinds of characters do not matter.
    """
    length = ngettext("Au moins %(count)d caractère", "Au moins %(count)d caractères", min_length)
    found: list[dict[str, object]] = [
        {"rule": "min_length", "value": min_length, "label": length % {"count": min_length}}
    ]
    if not _is_passphrase(min_length, passphrase_min_length):
        found += [
            {"rule": "lower", "label": _("Au moins une lettre minuscule")},
            {
                "rule": "classes",
                "value": 2,
                "label": _("Au moins deux de ces trois : un chiffre, une majuscule, un caractère spécial"),
            },
        ]
        if passphrase_min_length:
            found.append(
                {
                    "rule": "passphrase",
                    "value": passphrase_min_length,
                    "label": _(
                        "Ou une longue phrase : %(count)d caractères ou plus, le reste n’est pas nécessaire"
                    )
                    % {"count": passphrase_min_length},
                }
            )
    return tuple(found)


def problems(
    password: str,
    *,
    min_length: int,
    passphrase_min_length: int = 0,
    personal: Iterable[str],
    words: Iterable[str] = (),
    birth_date: date | None,
) -> list[str]:
    """Every reason to refuse this password, in the reader's words; empty when it is good.

    `personal`: names and numbers, each part of which counts; `words`: what counts as a whole only.
    """
    if len(password) > MAX_LENGTH:
        return [_("Il est trop long : %(wanted)d caractères au plus.") % {"wanted": MAX_LENGTH}]
    found = _too_short(password, min_length)
    missing = _missing_kinds(password)
    if missing and _is_passphrase(len(password), passphrase_min_length):
        missing = _monotonous(password)
    found += missing
    if _is_common(password):
        found.append(
            _(
                "Ce mot de passe figure dans les listes que les pirates essaient d’abord : "
                "choisissez-en un autre."
            )
        )
    if _is_personal(password, personal, words, birth_date):
        found.append(
            _(
                "Il contient un nom de votre famille, votre date de naissance, un de vos numéros "
                "ou le nom de la mutuelle : on peut le deviner."
            )
        )
    return found


def _is_passphrase(length: int, passphrase_min_length: int) -> bool:
    return 0 < passphrase_min_length <= length


def _too_short(password: str, min_length: int) -> list[str]:
    if len(password) >= min_length:
        return []
    words = ngettext(
        "Il compte %(found)d caractère : il en faut au moins %(wanted)d.",
        "Il compte %(found)d caractères : il en faut au moins %(wanted)d.",
        len(password),
    )
    return [words % {"found": len(password), "wanted": min_length}]


def _missing_kinds(password: str) -> list[str]:
    found = []
    if not any(one.islower() for one in password):
        found.append(_("Il manque une lettre minuscule."))
    if _kinds_besides_lower_case(password) < 2:
        found.append(
            _("Ajoutez au moins deux de ces trois : un chiffre, une majuscule, un caractère spécial.")
        )
    return found


def _monotonous(password: str) -> list[str]:
    """Of a passphrase that stands on its length alone, the length must not be that of a stuck key."""
    low = password.casefold()
    if len(set(low)) >= FEWEST_CHARACTERS and _repeated(low) == low:
        return []
    return [_("Il répète toujours les mêmes caractères : choisissez plusieurs mots différents.")]


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
    for candidate in {password, password.lower(), _repeated(password.lower()), core, _repeated(core)}:
        counts = candidate not in {core, _repeated(core)} or len(core) * 2 >= len(password)
        if len(candidate) >= SHORTEST_KNOWN and counts and _is_listed(candidate):
            return True
    return False


def _is_listed(word: str) -> bool:
    if _plain(word) in _OFTEN_HERE:
        return True
    try:
        _COMMON.validate(word)
    except ValidationError:
        return True
    return False


def _repeated(text: str) -> str:
    """The shortest piece that makes the text when it is said again and again: `soleil` of `soleilsoleil`."""
    length = (text + text).find(text, 1)
    return text[:length] if 0 < length < len(text) else text


def _is_personal(
    password: str, personal: Iterable[str], words: Iterable[str], birth_date: date | None
) -> bool:
    """Without accents, case and signs: `Le-Goff` is found in `legoff38!`, 10/01/1954 in `10.01.1954`."""
    known = [plain for name in personal for plain in (_plain(name), *map(_plain, _PARTS.split(name)))]
    known += [_plain(word) for word in words]
    if birth_date is not None:
        known += [birth_date.strftime(form) for form in ("%d%m%Y", "%Y%m%d", "%d%m%y")]
    low = _plain(password)
    return any(word in low for word in known if len(word) >= SHORTEST_NAME)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).lower()
    return "".join(one for one in bare if one.isalnum())
