import dataclasses
import socket
from collections.abc import Callable

import pytest
from django.conf import LazySettings


@pytest.fixture
def port() -> int:
    """A port of loopback on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def real_senders(settings: LazySettings, port: int) -> Callable[..., None]:
    """Mails leave through SMTP on `port`, outside the demo unless said otherwise."""

    def choose(*, demo: bool = False) -> None:
        settings.MAIL_GATEWAY = "entraide.portal.gateways.mail.SmtpMail"
        settings.SMS_GATEWAY = "entraide.portal.gateways.sms.HttpSms"
        settings.ENTRAIDE = dataclasses.replace(
            settings.ENTRAIDE,
            email_url=f"smtp://127.0.0.1:{port}",
            sms_url=f"http://127.0.0.1:{port}/sms",
            demo=demo,
        )

    return choose
