"""A real mail server on loopback, in a thread, that can be told to refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Mailbox:
    """What arrived, and how the server answers to DATA and to RCPT."""

    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answer: str = "250 taken"
    recipient_answer: str = "250 known"
    # Takes the mail and is gone before it says so: the sender cannot know whether it was taken.
    hangs_up: bool = False

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            self.recipients += envelope.rcpt_tos
            self.raw.append(envelope.content)
            parsed = message_from_bytes(envelope.content, policy=default)
            assert isinstance(parsed, EmailMessage)
            self.mails.append(parsed)
        if self.hangs_up:
            server.transport.abort()
        return self.answer


@contextmanager
def mail_server(mailbox: Mailbox, *, port: int) -> Iterator[None]:
    """Serves `mailbox` on this port of loopback."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
