"""What a browser says it is, in words for its owner (A29)."""

import pytest
from django.utils import translation

from entraide.portal.foundation.web.browsers import device_of, device_words

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
ANDROID = f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {WEBKIT} Chrome/130.0.0.0 Mobile Safari/537.36"
TABLET = f"Mozilla/5.0 (Linux; Android 14) {WEBKIT} SamsungBrowser/26.0 Chrome/122.0.0.0 Safari/537.36"
ON_IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {APPLE}"
IPHONE = f"{ON_IPHONE} Version/17.5 Mobile/15E148 Safari/604.1"
IPHONE_CHROME = f"{ON_IPHONE} CriOS/130.0.0.0 Mobile/15E148 Safari/604.1"
EDGE = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
MAC = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Version/17.5 Safari/605.1.15"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (ANDROID, "Chrome sur un téléphone Android"),
        (TABLET, "Samsung Internet sur une tablette Android"),
        (IPHONE, "Safari sur un iPhone"),
        (IPHONE_CHROME, "Chrome sur un iPhone"),
        (EDGE, "Edge sur un ordinateur Windows"),
        (FIREFOX, "Firefox sur un ordinateur Linux"),
        (MAC, "Safari sur un Mac"),
        ("curl/8.5.0", "Appareil non reconnu"),
        ("", "Appareil non reconnu"),
        ("Something (Windows)", "Un navigateur sur un ordinateur Windows"),
        ("<script>alert(1)</script>", "Appareil non reconnu"),
    ],
)
def test_a_device_is_named_as_its_owner_would(user_agent: str, words: str) -> None:
    with translation.override("fr"):
        assert device_words(device_of(user_agent)) == words


def test_a_label_is_short_whatever_was_sent() -> None:
    assert len(device_of("Chrome/" * 100_000)) < 40
