"""The embedded senders: nothing leaves the machine, the demo's mailbox shows what would have."""

from entraide.portal.domain.messaging import OutMail


class Outbox:
    def __init__(self, url: str) -> None:
        self.url = url

    def send_mail(self, mail: OutMail) -> None:
        """Taken: the delivery itself, kept in the demo, is what the mailbox shows."""

    def send_sms(self, *, to: str, text: str, key: str) -> None:
        """Taken, like a mail."""

    def send_fax(self, *, to: str, name: str, document: bytes, key: str) -> None:
        """Taken, like a mail."""
