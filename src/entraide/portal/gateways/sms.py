"""SMS through a provider's HTTPS address: one JSON POST per message, with our key against doubles."""

from entraide.portal.gateways.json_post import JsonPost

TIMEOUT_SECONDS = 10


class HttpSms:
    """`https://user:token@host/path`: POSTs `{"to", "text", "key"}`; any answer but 2xx raises OSError."""

    def __init__(self, url: str) -> None:
        self.provider = JsonPost(url, timeout_seconds=TIMEOUT_SECONDS)

    def send_sms(self, *, to: str, text: str, key: str) -> None:
        self.provider.send({"to": to, "text": text, "key": key}, key=key, who="SMS")
