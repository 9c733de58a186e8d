"""Sessions in the database, found by a fingerprint of their id: a stolen copy opens no session (A27, A66)."""

import hashlib

from django.contrib.auth import SESSION_KEY as ACCOUNT
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError, SessionBase, UpdateError
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import IntegrityError
from django.utils import timezone
from django.utils.crypto import get_random_string

# Of a session in which nobody is signed in: as long as the steps of the door may take.
NOBODYS_SECONDS = 30 * 60


class SessionStore(db.SessionStore):
    """The browser holds the id, the table its fingerprint, in the width of Django's own column.

    A new session is written once, at the end of the request, with what it holds by then.
    """

    _is_new = False

    def get_session_cookie_age(self) -> int:
        """How long the session lasts from its last change, in seconds."""
        age: int = super().get_session_cookie_age()
        return age if ACCOUNT in self else min(age, NOBODYS_SECONDS)

    def create(self) -> None:
        # 165 random bits: nobody else has them, and adding the row would say so.
        self._session_key = get_random_string(32, VALID_KEY_CHARS)
        self._get_session(no_load=True)  # type: ignore[attr-defined]
        self.modified = self._is_new = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
        is_new = must_create or self._is_new
        row = self.create_model_instance(self._get_session(no_load=is_new))  # type: ignore[attr-defined]
        # One statement, which needs no transaction of its own.
        if is_new:
            self._add(row)
        else:
            self._change(row)
        self._is_new = False

    def _add(self, row: AbstractBaseSession) -> None:
        try:
            row.save(force_insert=True)
        except IntegrityError:
            raise CreateError from None

    def _change(self, row: AbstractBaseSession) -> None:
        values = {"session_data": row.session_data, "expire_date": row.expire_date}
        if not self.model.objects.filter(pk=row.pk).update(**values):
            raise UpdateError

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        key, found = self.session_key, None
        if key:
            rows = self.model.objects.filter(session_key=kept_as(key), expire_date__gt=timezone.now())
            found = rows.first()
        if found is None:
            # An id that is unknown or over is never taken up: a planted one would be.
            self._session_key = None
        return found

    def create_model_instance(self, data: dict[str, object]) -> AbstractBaseSession:
        row: AbstractBaseSession = super().create_model_instance(data)
        row.session_key = kept_as(row.session_key)
        return row

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(kept_as(session_key)))

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=kept_as(key)).delete()


def kept_as(session_key: str) -> str:
    return hashlib.blake2b(session_key.encode(), digest_size=20).hexdigest()


def fingerprint(session: SessionBase) -> str:
    """What tells this session from all others without opening it; empty when it has no id yet."""
    return kept_as(session.session_key) if session.session_key else ""
