"""The senders that the settings chose."""

from django.conf import settings
from django.utils.module_loading import import_string

from entraide.portal.domain.messaging import FaxGateway, MailGateway, PushGateway, SmsGateway


def mail_gateway() -> MailGateway:
    gateway: MailGateway = import_string(settings.MAIL_GATEWAY)(settings.ENTRAIDE.email_url)
    return gateway


def sms_gateway() -> SmsGateway:
    gateway: SmsGateway = import_string(settings.SMS_GATEWAY)(settings.ENTRAIDE.sms_url)
    return gateway


def push_gateway() -> PushGateway:
    gateway: PushGateway = import_string(settings.PUSH_GATEWAY)()
    return gateway


def fax_gateway() -> FaxGateway:
    gateway: FaxGateway = import_string(settings.FAX_GATEWAY)(settings.ENTRAIDE.fax_url)
    return gateway
