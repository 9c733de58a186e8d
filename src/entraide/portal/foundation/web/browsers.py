"""What a browser says it is, in the few words that its owner knows it by."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What stands in the User-Agent, the more telling first: each also carries the marks of those below it.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Android", "android"),
    ("Windows", "windows"),
    ("CrOS", "chromebook"),
    ("Macintosh", "mac"),
    ("Linux", "linux"),
)
_SYSTEM_WORDS: dict[str, Any] = {
    "iphone": gettext_lazy("un iPhone"),
    "ipad": gettext_lazy("un iPad"),
    "android": gettext_lazy("un téléphone Android"),
    "android-tablet": gettext_lazy("une tablette Android"),
    "windows": gettext_lazy("un ordinateur Windows"),
    "chromebook": gettext_lazy("un Chromebook"),
    "mac": gettext_lazy("un Mac"),
    "linux": gettext_lazy("un ordinateur Linux"),
}


def device_of(user_agent: str) -> str:
    """The browser and the machine, as a short label for `device_words`: `Chrome|android`."""
    read = user_agent[:400]
    browser = next((name for mark, name in _BROWSERS if mark in read), "")
    system = next((name for mark, name in _SYSTEMS if mark in read), "")
    if system == "android" and "Mobile" not in read:
        system = "android-tablet"
    return f"{browser}|{system}"


def device_words(label: str) -> str:
    """`Chrome sur un téléphone Android`, in the current language; honest about what is not recognised."""
    browser, _bar, system = label.partition("|")
    machine = _SYSTEM_WORDS.get(system)
    if browser and machine:
        return _("%(browser)s sur %(machine)s") % {"browser": browser, "machine": machine}
    if browser or machine:
        return browser or _("Un navigateur sur %(machine)s") % {"machine": machine}
    return _("Appareil non reconnu")
