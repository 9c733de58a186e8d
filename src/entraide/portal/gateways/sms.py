"""SMS through a provider's HTTPS address: one JSON POST per message, with our key against doubles."""

import base64
import json
from http import HTTPStatus
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

TIMEOUT_SECONDS = 10


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


class HttpSms:
    """`https://user:token@host/path`: POSTs `{"to", "text", "key"}`; any answer but 2xx raises OSError."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        self.headers = {"Content-Type": "application/json"}
        if parts.username:
            login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self.headers["Authorization"] = f"Basic {base64.b64encode(login.encode()).decode()}"
        # To the configured host and nowhere else (A59): no redirect, no proxy of the environment.
        self.opener = build_opener(_NoRedirect, ProxyHandler({}))

    def send_sms(self, *, to: str, text: str, key: str) -> None:
        body = json.dumps({"to": to, "text": text, "key": key}).encode()
        request = Request(  # noqa: S310 (the scheme was checked with the settings)
            self.url,
            data=body,
            headers={**self.headers, "Idempotency-Key": key},
            method="POST",
        )
        with self.opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            if answer.status not in {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED}:
                raise OSError(f"the SMS provider answered {answer.status}")
