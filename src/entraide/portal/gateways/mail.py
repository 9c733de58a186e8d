"""Mail through an SMTP server: TLS where the server offers it, verified; headers refuse new lines (A53)."""

import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils import timezone

from entraide.portal.domain.messaging import OutMail

TIMEOUT_SECONDS = 20
# Accents travel in quoted-printable or base64: not every server on the way takes 8 bits.
_SEVEN_BITS = SMTP.clone(cte_type="7bit")


class SmtpMail:
    """`smtp://user:password@host:25` (STARTTLS when offered), `smtps://…:465`; `?tls=required` insists."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host = parts.hostname or "localhost"
        self.implicit_tls = parts.scheme == "smtps"
        self.port = parts.port or (465 if self.implicit_tls else 25)
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.needs_tls = parse_qs(parts.query).get("tls") == ["required"]

    def send_mail(self, mail: OutMail) -> None:
        """Hands the mail over; raises OSError (smtplib's errors are) when the server did not take it."""
        message = to_message(mail)
        server = self._connect()
        try:
            self._secure(server)
            server.send_message(message)
            # Taken: whatever the goodbye brings, the mail is not sent again for it.
            with suppress(OSError):
                server.quit()
        finally:
            server.close()

    def _connect(self) -> smtplib.SMTP:
        if self.implicit_tls:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)

    def _secure(self, server: smtplib.SMTP) -> None:
        server.ehlo()
        if not self.implicit_tls:
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            elif self.needs_tls:
                raise OSError("the mail server offers no TLS")
        if self.user:
            server.login(self.user, self.password)


def to_message(mail: OutMail) -> EmailMessage:
    """The message as it travels: text first, the same words in HTML."""
    message = EmailMessage(policy=_SEVEN_BITS)
    name, _, domain = mail.sender.rpartition("@")
    message["From"] = Address(mail.sender_name, name, domain)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(timezone.now())
    for header, value in mail.headers.items():
        message[header] = value
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    # Last: making the two versions would move it to the first of them.
    message["Content-Language"] = mail.language
    for one in mail.attachments:
        main, _, sub = one.media_type.partition(";")[0].partition("/")
        # Bytes, whatever they are: no line end of a text is touched on the way.
        params = {"charset": "utf-8"} if main == "text" else None
        message.add_attachment(one.document, maintype=main, subtype=sub, filename=one.name, params=params)
    return message
