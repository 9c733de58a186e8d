"""Addresses of electronic mail, as those who need not know them see them."""


def mask(address: str) -> str:
    """The first letter and the domain: `a•••@example.org`; blank for none."""
    if not address:
        return ""
    name, _, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}"
