"""SMS through a provider's address: a real HTTP server on loopback plays the provider."""

import base64

import pytest

from entraide.portal.gateways.sms import HttpSms
from tests.portal.gateways_out.provider import Provider, provider

__all__ = ["provider"]


def test_a_message_is_posted_once_with_our_key(provider: Provider) -> None:
    HttpSms(provider.url).send_sms(to="+33639980101", text="123456 est votre code", key="k-1")

    ((path, headers, body),) = provider.asked
    assert path == "/send"
    assert body == {"to": "+33639980101", "text": "123456 est votre code", "key": "k-1"}
    assert headers["Idempotency-Key"] == "k-1"
    assert headers["Content-Type"] == "application/json"


def test_the_login_of_the_setting_is_sent_as_a_header_not_in_the_address(provider: Provider) -> None:
    url = provider.url.replace("http://", "http://me:to%40ken@")

    HttpSms(url).send_sms(to="+33639980101", text="x", key="k")

    ((path, headers, _body),) = provider.asked
    assert path == "/send"
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"me:to@ken").decode()


@pytest.mark.parametrize("status", [400, 401, 429, 500, 503])
def test_any_other_answer_is_an_error(provider: Provider, status: int) -> None:
    provider.status = status

    with pytest.raises(OSError, match=str(status)):
        HttpSms(provider.url).send_sms(to="+33639980101", text="x", key="k")


def test_a_redirect_is_not_followed(provider: Provider) -> None:
    """A59"""
    provider.status, provider.location = 302, provider.url

    with pytest.raises(OSError, match="302"):
        HttpSms(provider.url).send_sms(to="+33639980101", text="x", key="k")

    assert len(provider.asked) == 1


def test_a_proxy_of_the_environment_is_not_used(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """A59"""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    HttpSms(provider.url).send_sms(to="+33639980101", text="x", key="k")

    assert len(provider.asked) == 1


def test_a_provider_that_is_away_is_an_error() -> None:
    with pytest.raises(OSError, match="refused"):
        HttpSms("http://127.0.0.1:9/").send_sms(to="+33639980101", text="x", key="k")
