"""A browser reduced to what a sign-in needs: one kept connection, cookies, forms. Nothing to install."""

import asyncio
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ANSWER_SECONDS = 90
READ_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and after how many seconds the last byte of it."""

    status: int
    path: str
    location: str
    body: str
    seconds: float

    @property
    def csrf(self) -> str:
        found = _CSRF.search(self.body)
        if found is None:
            raise AssertionError(f"{self.path} answered {self.status} without a form")
        return found.group(1)


@dataclass
class Browser:
    """One visitor from one address of this machine (`source`, in 127.0.0.0/8). Redirects are not followed."""

    port: int
    source: str
    cookies: dict[str, str] = field(default_factory=dict)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def get(self, path: str) -> Answer:
        return await self._ask("GET", path, b"")

    async def post(self, path: str, fields: dict[str, str]) -> Answer:
        return await self._ask("POST", path, urlencode(fields).encode())

    async def follow(self, answer: Answer) -> Answer:
        """Goes where the answer leads, until a page comes."""
        while answer.status in {301, 302, 303}:
            answer = await self.get(answer.location)
        return answer

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        start = time.perf_counter()
        kept = self._writer is not None
        try:
            return await asyncio.wait_for(self._exchange(method, path, body, start), ANSWER_SECONDS)
        except (asyncio.IncompleteReadError, ConnectionError):
            # As browsers do: a kept connection that the server had closed meanwhile is opened again, once.
            self.close()
            if not kept:
                raise
            return await asyncio.wait_for(self._exchange(method, path, body, start), ANSWER_SECONDS)

    async def _exchange(self, method: str, path: str, body: bytes, start: float) -> Answer:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(
                "127.0.0.1", self.port, local_addr=(self.source, 0), limit=READ_BYTES
            )
        self._writer.write(self._head(method, path, len(body)) + body)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = self._headers(head[1:])
        content = await self._reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "").lower() == "close":
            self.close()
        location = urlsplit(headers.get("location", ""))
        return Answer(
            status=int(head[0].split()[1]),
            path=path,
            location=location.path + (f"?{location.query}" if location.query else ""),
            body=content.decode("utf-8", "replace"),
            seconds=time.perf_counter() - start,
        )

    def _head(self, method: str, path: str, size: int) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", "Accept-Language: fr"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {size}"]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def _headers(self, lines: list[str]) -> dict[str, str]:
        headers = {}
        for line in filter(None, lines):
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                self._keep(value)
            headers[name.lower()] = value.strip()
        return headers

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.split(";")[0].strip().partition("=")
        if value and value != '""':
            self.cookies[name] = value
        else:
            self.cookies.pop(name, None)
