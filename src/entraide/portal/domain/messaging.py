"""What we ask of the outside senders; the adapters live in `portal/gateways`, chosen by the settings."""

from dataclasses import dataclass, field
from typing import Protocol


class InDoubt(OSError):
    """It was handed over and no answer came: whether it was taken, nobody can say."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along with a mail, a PDF unless it says otherwise; its name holds nobody's."""

    name: str
    document: bytes
    media_type: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class OutMail:
    """A mail ready to leave. `headers` hold the fixed Message-ID and the idempotency key."""

    to: str
    sender: str
    sender_name: str
    subject: str
    text: str
    html: str
    language: str
    headers: dict[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()


class PushGone(OSError):
    """The browser behind this address is no more: nothing is ever taken for it again."""


@dataclass(frozen=True, slots=True)
class OutPush:
    """A few words for one browser. `topic`: what waits undelivered under the same one is replaced."""

    endpoint: str
    point: str
    secret: str
    text: str
    topic: str


class MailGateway(Protocol):
    def send_mail(self, mail: OutMail) -> None:
        """Returns once the next server has taken the mail; raises OSError when it did not."""


class SmsGateway(Protocol):
    def send_sms(self, *, to: str, text: str, key: str) -> None:
        """Returns once the provider has taken the message; `key` is the same when it is tried again."""


class PushGateway(Protocol):
    def send_push(self, push: OutPush) -> None:
        """Returns once the push service has taken it; raises PushGone, another OSError when it did not."""


class FaxGateway(Protocol):
    def send_fax(self, *, to: str, name: str, document: bytes, key: str) -> None:
        """Returns once the service has taken the PDF; `key` is the same when it is tried again.

        Raises InDoubt when no answer came after it was handed over, another OSError when it was not taken.
        """
