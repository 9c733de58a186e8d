"""Mail through a real SMTP server: taken once, refused honestly, nothing injected (A53, §4)."""

import dataclasses
import smtplib

import pytest

from entraide.portal.domain.messaging import Attachment, OutMail
from entraide.portal.gateways.mail import SmtpMail, to_message
from tests.portal.gateways_out.smtp import Mailbox, mail_server

MAIL = OutMail(
    to="anne@example.org",
    sender="contact@example.org",
    sender_name="L’Entraide, mutuelle",
    subject="Votre numéro d’adhérent et votre lien",
    text="Bonjour Anne O’Brien,\n\nPrénom : Zoé & d'autres <ici>\n",
    html="<p>Bonjour Anne O&#39;Brien</p>",
    language="fr",
    headers={"Message-ID": "<1@localhost>", "X-Idempotency-Key": "1"},
)


def body(message: object) -> str:
    return str(message.get_content())  # type: ignore[attr-defined]


def test_a_mail_arrives_with_its_words_in_text_and_html_and_its_fixed_marks(port: int) -> None:
    """Contract: X-Idempotency-Key and a fixed Message-ID."""
    mailbox = Mailbox()
    with mail_server(mailbox, port=port):
        SmtpMail(f"smtp://127.0.0.1:{port}").send_mail(MAIL)

    (mail,) = mailbox.mails
    text, html = mail.iter_parts()
    assert mailbox.recipients == ["anne@example.org"]
    assert mail["Subject"] == MAIL.subject
    assert mail["From"].addresses[0].display_name == "L’Entraide, mutuelle"
    assert (mail["Message-ID"], mail["X-Idempotency-Key"]) == ("<1@localhost>", "1")
    assert mail["Date"] is not None
    assert body(text).replace("\r\n", "\n") == MAIL.text
    assert "O&#39;Brien" in body(html)


def test_a_paper_goes_along_byte_for_byte(port: int) -> None:
    """PEC-05"""
    paper = b"%PDF-1.7 \x00\xff" * 1000
    mailbox = Mailbox()
    with mail_server(mailbox, port=port):
        mail = dataclasses.replace(MAIL, attachments=(Attachment("lettre.pdf", paper),))
        SmtpMail(f"smtp://127.0.0.1:{port}").send_mail(mail)

    (mail,) = mailbox.mails
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("lettre.pdf", "application/pdf")
    assert attached.get_content() == paper
    assert body(mail.get_body(("plain",))).replace("\r\n", "\n") == MAIL.text


def test_a_calendar_goes_along_with_every_octet_and_its_own_type(port: int) -> None:
    """B-13: RFC 5545 folds by octets and ends lines with CR LF, whatever the way."""
    calendar = "BEGIN:VCALENDAR\r\nSUMMARY:Appel à l’heure\r\nEND:VCALENDAR\r\n".encode()
    mailbox = Mailbox()
    with mail_server(mailbox, port=port):
        along = Attachment("ABCD-1.ics", calendar, media_type="text/calendar; charset=utf-8")
        SmtpMail(f"smtp://127.0.0.1:{port}").send_mail(dataclasses.replace(MAIL, attachments=(along,)))

    (attached,) = mailbox.mails[0].iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("ABCD-1.ics", "text/calendar")
    assert attached.get_content_charset() == "utf-8"
    assert attached.get_payload(decode=True) == calendar


def test_accents_travel_in_seven_bits(port: int) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, port=port):
        SmtpMail(f"smtp://127.0.0.1:{port}").send_mail(MAIL)

    assert max(mailbox.raw[0]) < 128
    assert max(map(len, mailbox.raw[0].split(b"\r\n"))) < 999


@pytest.mark.parametrize("answer", ["451 try again later", "554 refused", "552 full"])
def test_a_mail_that_the_server_does_not_take_is_an_error(port: int, answer: str) -> None:
    mailbox = Mailbox(answer=answer)
    with mail_server(mailbox, port=port), pytest.raises(smtplib.SMTPDataError):
        SmtpMail(f"smtp://127.0.0.1:{port}").send_mail(MAIL)

    assert mailbox.mails == []


def test_a_refused_recipient_is_an_error(port: int) -> None:
    mailbox = Mailbox(recipient_answer="550 unknown here")
    with mail_server(mailbox, port=port), pytest.raises(smtplib.SMTPRecipientsRefused):
        SmtpMail(f"smtp://127.0.0.1:{port}").send_mail(MAIL)


def test_a_closed_port_is_an_error(port: int) -> None:
    with pytest.raises(OSError, match="refused"):
        SmtpMail(f"smtp://127.0.0.1:{port}").send_mail(MAIL)


def test_a_server_without_tls_is_refused_where_tls_is_required(port: int) -> None:
    """A65"""
    mailbox = Mailbox()
    with mail_server(mailbox, port=port), pytest.raises(OSError, match="no TLS"):
        SmtpMail(f"smtp://127.0.0.1:{port}?tls=required").send_mail(MAIL)

    assert mailbox.mails == []


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Bonjour\r\nBcc: all@example.org"},
        {"sender_name": "Mutuelle\nBcc: all@example.org"},
        {"to": "anne@example.org\r\nBcc: all@example.org"},
        {"to": "anne@example.org, all@example.org"},
        {"headers": {"X-Idempotency-Key": "1\r\nBcc: all@example.org"}},
    ],
)
def test_a_line_break_in_a_header_is_refused(change: dict[str, object]) -> None:
    """A53: header injection."""
    with pytest.raises(Exception, match=r"(?i)header|newline|linefeed|CR|Invalid|address|comma|expected"):
        to_message(dataclasses.replace(MAIL, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "host", "port", "user", "password"),
    [
        ("smtp://mail.example.org", "mail.example.org", 25, "", ""),
        ("smtps://mail.example.org", "mail.example.org", 465, "", ""),
        (
            "smtp://me%40example.org:p%3Aw@mail.example.org:587",
            "mail.example.org",
            587,
            "me@example.org",
            "p:w",
        ),
    ],
)
def test_the_address_of_the_server_is_read_from_the_setting(
    url: str, host: str, port: int, user: str, password: str
) -> None:
    gateway = SmtpMail(url)

    assert (gateway.host, gateway.port, gateway.user, gateway.password) == (host, port, user, password)
