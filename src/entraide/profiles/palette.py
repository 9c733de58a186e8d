"""Every colour of the portal, derived from the two that a mutual chooses."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import radians

from entraide.profiles.colour import Oklch, contrast, to_hex, to_oklch
from entraide.profiles.model import Theme

TEXT_CONTRAST = 4.5
PART_CONTRAST = 3.0
_SURFACES = ("--surface", "--surface-raised", "--surface-soft")
_SIGNALS = {"--ok": radians(150), "--warn": radians(65), "--bad": radians(27)}
_FOCUS_HUE = radians(262)


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour seen on another: how much they differ, and how much they must."""

    front: str
    back: str
    ratio: float
    needed: float

    @property
    def readable(self) -> bool:
        return self.ratio >= self.needed


def palette(theme: Theme, *, dark: bool) -> dict[str, str]:
    """The value of every colour token, named as in the style sheets ("--surface": "#ffffff" ...)."""
    return _dark(theme) if dark else _light(theme)


def pairs(theme: Theme, *, dark: bool) -> tuple[Pair, ...]:
    """Every pair of tokens that the portal shows one on the other, with its contrast."""
    tokens = palette(theme, dark=dark)
    return tuple(
        Pair(front, back, contrast(tokens[front], tokens[back]), needed)
        for front, back, needed in _shown_together()
    )


def _light(theme: Theme) -> dict[str, str]:
    brand = to_oklch(theme.brand)
    tokens = {
        "--surface": _tinted(brand, 0.982, 0.006),
        "--surface-raised": "#ffffff",
        "--surface-soft": _tinted(brand, 0.955, 0.014),
        "--ink": _tinted(brand, 0.25, 0.03),
        "--muted": _tinted(brand, 0.46, 0.03),
        "--line": _tinted(brand, 0.60, 0.02),
        "--line-soft": _tinted(brand, 0.89, 0.014),
        "--brand": theme.brand,
        "--brand-soft": _tinted(brand, 0.94, 0.035),
        "--accent": theme.accent,
        "--accent-soft": _tinted(to_oklch(theme.accent), 0.95, 0.04),
    }
    for name, hue in _SIGNALS.items():
        tokens[f"{name}-soft"] = to_hex(Oklch(0.96, 0.03, hue))
        tokens[name] = _readable(Oklch(0.62, 0.15, hue), tokens, soft=f"{name}-soft", step=-0.005)
    tokens["--focus"] = _readable(Oklch(0.55, 0.2, _FOCUS_HUE), tokens, soft="--brand-soft", step=-0.005)
    return _with_inks(tokens)


def _dark(theme: Theme) -> dict[str, str]:
    brand, accent = to_oklch(theme.brand), to_oklch(theme.accent)
    tokens = {
        "--surface": _tinted(brand, 0.19, 0.016),
        "--surface-raised": _tinted(brand, 0.235, 0.02),
        "--surface-soft": _tinted(brand, 0.275, 0.022),
        "--ink": _tinted(brand, 0.95, 0.01),
        "--muted": _tinted(brand, 0.78, 0.02),
        "--line": _tinted(brand, 0.62, 0.02),
        "--line-soft": _tinted(brand, 0.36, 0.02),
        "--brand-soft": _tinted(brand, 0.31, 0.05),
        "--accent-soft": _tinted(accent, 0.31, 0.05),
    }
    tokens["--brand"] = _readable(replace(brand, lightness=0.7), tokens, soft="--brand-soft", step=0.005)
    tokens["--accent"] = _readable(replace(accent, lightness=0.7), tokens, soft="--accent-soft", step=0.005)
    for name, hue in _SIGNALS.items():
        tokens[f"{name}-soft"] = to_hex(Oklch(0.3, 0.05, hue))
        tokens[name] = _readable(Oklch(0.7, 0.13, hue), tokens, soft=f"{name}-soft", step=0.005)
    tokens["--focus"] = _readable(Oklch(0.75, 0.12, _FOCUS_HUE), tokens, soft="--brand-soft", step=0.005)
    return _with_inks(tokens)


def _tinted(colour: Oklch, lightness: float, chroma: float) -> str:
    """A near-grey that leans towards a colour; a colour without hue stays grey."""
    return to_hex(Oklch(lightness, min(chroma, colour.chroma), colour.hue))


def _readable(colour: Oklch, tokens: dict[str, str], *, soft: str, step: float) -> str:
    """The first lightness from this one on that can be read as text on every surface and on its soft one."""
    backs = [tokens[name] for name in (*_SURFACES, soft)]
    while 0.0 < colour.lightness < 1.0:
        candidate = to_hex(colour)
        if all(contrast(candidate, back) >= TEXT_CONTRAST for back in backs):
            return candidate
        colour = replace(colour, lightness=colour.lightness + step)
    return to_hex(colour)


def _with_inks(tokens: dict[str, str]) -> dict[str, str]:
    """The words on a filled brand, accent or signal: white or black, whichever reads better."""
    for name in ("--brand", "--accent", *_SIGNALS):
        tokens[f"{name}-ink"] = max("#ffffff", "#000000", key=lambda ink: contrast(ink, tokens[name]))
    return tokens


def _shown_together() -> Iterator[tuple[str, str, float]]:
    for back in _SURFACES:
        for front in ("--ink", "--muted", "--brand", *_SIGNALS):
            yield front, back, TEXT_CONTRAST
        for front in ("--accent", "--line", "--focus"):
            yield front, back, PART_CONTRAST
    for name in ("--brand", *_SIGNALS):
        yield name, f"{name}-soft", TEXT_CONTRAST
        yield f"{name}-ink", name, TEXT_CONTRAST
        yield "--ink", f"{name}-soft", TEXT_CONTRAST
    yield "--accent-ink", "--accent", TEXT_CONTRAST
    yield "--ink", "--accent-soft", TEXT_CONTRAST
    yield "--accent", "--accent-soft", PART_CONTRAST
