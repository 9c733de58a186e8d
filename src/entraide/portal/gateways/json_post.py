"""One JSON POST to the configured address of a provider, and to nowhere else (A59)."""

import base64
import json
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from entraide.portal.domain.messaging import InDoubt

# A relay between us and the provider waited in vain, or did not understand its answer.
_OF_A_RELAY = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT})


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


class JsonPost:
    """`https://user:token@host/path`; the login travels as a header, not in the address."""

    def __init__(self, url: str, *, timeout_seconds: int) -> None:
        parts = urlsplit(url)
        self.url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        self.timeout_seconds = timeout_seconds
        self.headers = {"Content-Type": "application/json"}
        if parts.username:
            login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self.headers["Authorization"] = f"Basic {base64.b64encode(login.encode()).decode()}"
        # No redirect, no proxy of the environment.
        self.opener = build_opener(_NoRedirect, ProxyHandler({}))

    def send(self, body: Mapping[str, str], *, key: str, who: str) -> None:
        """Returns once the provider has taken it; raises OSError when it did not. `who`: for the message.

        Raises InDoubt when it was handed over and no answer of the provider came.
        """
        request = Request(  # noqa: S310 (the scheme was checked with the settings)
            self.url,
            data=json.dumps(body).encode(),
            headers={**self.headers, "Idempotency-Key": key},
            method="POST",
        )
        try:
            with self.opener.open(request, timeout=self.timeout_seconds) as answer:
                status = answer.status
        except HTTPError as error:
            if error.code in _OF_A_RELAY:
                raise InDoubt(f"a relay of the {who} provider answered {error.code}") from error
            raise
        except URLError:
            # It could not be handed over.
            raise
        except (OSError, HTTPException) as error:
            raise InDoubt(f"the {who} provider took the message and did not answer") from error
        if status not in {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED}:
            raise OSError(f"the {who} provider answered {status}")
