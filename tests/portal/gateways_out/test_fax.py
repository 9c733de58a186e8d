"""Faxes through a provider's address (X11)."""

import base64

import pytest

from entraide.portal.gateways.fax import HttpFax
from tests.portal.gateways_out.provider import Provider, provider

__all__ = ["provider"]
PAPER = b"%PDF-1.7 \x00\xff"


def test_a_paper_is_posted_once_with_our_key_and_the_login_as_a_header(provider: Provider) -> None:
    url = provider.url.replace("http://", "http://me:to%40ken@")

    HttpFax(url).send_fax(to="+33476001234", name="lettre.pdf", document=PAPER, key="k-1")

    ((path, headers, body),) = provider.asked
    assert path == "/send"
    assert (body["to"], body["name"], body["key"]) == ("+33476001234", "lettre.pdf", "k-1")
    assert base64.b64decode(body["document"]) == PAPER
    assert headers["Idempotency-Key"] == "k-1"
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"me:to@ken").decode()


@pytest.mark.parametrize("status", [302, 400, 401, 503])
def test_any_other_answer_is_an_error(provider: Provider, status: int) -> None:
    """A59: a redirect is not followed either."""
    provider.status, provider.location = status, provider.url

    with pytest.raises(OSError, match=str(status)):
        HttpFax(provider.url).send_fax(to="+33476001234", name="x.pdf", document=PAPER, key="k")

    assert len(provider.asked) == 1
