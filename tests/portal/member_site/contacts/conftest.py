"""Forms as a browser sends them: with the hidden fields of the page that it opened."""

import html
import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

Post = Callable[..., HttpResponse]
_HIDDEN = re.compile(r'<input type="hidden" name="(seen|request_key)" value="([^"]*)"')


def hidden(client: Client, page: str) -> dict[str, str]:
    """`seen` and `request_key` of the form of a page."""
    return {name: html.unescape(value) for name, value in _HIDDEN.findall(client.get(page).content.decode())}


@pytest.fixture
def fill() -> Post:
    """Opens a page and sends its form with these answers."""

    def post(client: Client, page: str, **answers: str) -> HttpResponse:
        return client.post(page, {**hidden(client, page), **answers})

    return post
