"""What a session holds, and how one begins."""

import time

from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from entraide.portal.foundation.web.language import SESSION_KEY as LANGUAGE
from entraide.portal.foundation.web.session_store import fingerprint

TERMS = "terms"
# In the address of the sign-in page: the session was over, and the page says so.
ENDED = "fin"
# Whose pages the session opens: those of the members, or those of the people of the mutual. Never both (A74).
AREA, MEMBERS, AGENTS = "area", "members", "agents"
# When a factor was last proved, in seconds since 1970 (A32).
FRESH_FACTOR = "fresh_factor_at"
# The delegation under which the session reads somebody else's file.
HELPING = "helping"


def begin_session(request: HttpRequest, account: AbstractBaseUser, *, area: str) -> str:
    """Opens a session under a new id, in which nothing earlier is left but the language (A27).

    Returns its fingerprint. The caller checked every step.
    """
    drop_session(request)
    # The kind of account is a brick above; Django takes any.
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    request.session[AREA] = area
    request.session[FRESH_FACTOR] = int(time.time())
    return fingerprint(request.session)


def drop_session(request: HttpRequest) -> None:
    """Nothing is left of the session but the language."""
    chosen = request.session.get(LANGUAGE)
    request.session.flush()
    if chosen:
        request.session[LANGUAGE] = chosen


def renew_session(request: HttpRequest, account: AbstractBaseUser | None = None) -> tuple[str, str]:
    """The same session under a new id (A27); returns the fingerprints before and after.

    `account`: its password is a new one, and this session goes on with it.
    """
    before = fingerprint(request.session)
    if account is None:
        request.session.cycle_key()
    else:
        update_session_auth_hash(request, account)  # type: ignore[arg-type]
    return before, fingerprint(request.session)
