"""From what a quote prints to an act of our vocabulary: by code, by our own words, by words of its family.

What could be two acts is none: the member chooses (REMB-05). Codes of equipment (LPP) are not in our
vocabulary, so glasses and hearing aids are known by the class that the law makes each quote print.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from entraide.portal.domain.simulations.quotes import OfferedAct
from entraide.portal.domain.simulations.reading.plain import holds, plain

_CCAM = re.compile(r"\b[A-Z]{4}\d{3}\b")
_OWN_CODE = re.compile(r"[A-Z]{1,6}\d{0,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """Any of `named`, with one of each of `with_`, without any of `without`."""

    act: str
    named: tuple[str, ...]
    with_: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()


_CLASS_A, _CLASS_B = ("classe a",), ("classe b",)
_CLASS_1, _CLASS_2 = ("classe i", "classe 1"), ("classe ii", "classe 2")
_HEARING = ("aide auditive", "appareil auditif", "audioprothese", "prothese auditive")
_NOT_THE_AID = ("pile", "piles", "entretien", "embout", "accessoire", "accessoires", "forfait")
_LENS = ("verre", "verres")
_NOT_THE_LENS = ("supplement", "option", "traitement", "appairage", "filtre")
_FAMILIES = (
    _Family(act="MONA", named=("monture",), with_=(_CLASS_A,), without=_LENS),
    _Family(act="MONB", named=("monture",), with_=(_CLASS_B,), without=_LENS),
    _Family(act="VERB.simple", named=_LENS, with_=(_CLASS_B, ("simple", "simples")),
            without=("complexe", "complexes", "monture", *_NOT_THE_LENS)),
    _Family(act="VERB.very_complex", named=_LENS, with_=(_CLASS_B, ("tres complexe", "tres complexes")),
            without=("simple", "simples", "monture", *_NOT_THE_LENS)),
    _Family(act="VERB.complex", named=_LENS, with_=(_CLASS_B, ("complexe", "complexes")),
            without=("simple", "simples", "tres complexe", "tres complexes", "monture", *_NOT_THE_LENS)),
    _Family(act="LEN", named=("lentilles",), without=("intraoculaire", "intraoculaires", "produit")),
    _Family(act="AU1", named=_HEARING, with_=(_CLASS_1,), without=_NOT_THE_AID),
    _Family(act="AU2", named=_HEARING, with_=(_CLASS_2,), without=_NOT_THE_AID),
    _Family(act="AUE", named=("piles",)),
    _Family(act="SDE", named=("detartrage", "soins dentaires", "soin conservateur", "soins conservateurs")),
    _Family(act="IMP", named=("pose d un implant", "pose de l implant", "implant dentaire"),
            without=("couronne", "pilier", "sur implant", "prothese", "depose", "ablation", "scanner")),
)  # fmt: skip


def recognised_act(words: str, codes: Iterable[str], offered: Mapping[str, OfferedAct]) -> str:
    """The value of the one act that the printed words and codes can mean; empty when none or two."""
    by_code = {code for code in _CCAM.findall(" ".join((words, *codes))) if code in offered}
    # Short codes are everyday words too: they count in a column of codes only.
    by_code |= {code for code in codes if _OWN_CODE.fullmatch(code) and code in offered}
    if by_code:
        return by_code.pop() if len(by_code) == 1 else ""
    found = _by_label(words, offered) or _by_family(words, offered)
    return found.pop() if len(found) == 1 else ""


def _by_label(words: str, offered: Mapping[str, OfferedAct]) -> set[str]:
    """The acts whose own words begin the printed ones; the longest words win."""
    printed = plain(_CCAM.sub("", words))
    fitting = {
        value: label
        for value, act in offered.items()
        if printed[: len(label := plain(act.label.fr))] == label
    }
    longest = max((len(each) for each in fitting.values()), default=0)
    return {value for value, label in fitting.items() if len(label) == longest}


def _by_family(words: str, offered: Mapping[str, OfferedAct]) -> set[str]:
    printed = plain(words)
    return {each.act for each in _FAMILIES if each.act in offered and _fits(each, printed)}


def _fits(family: _Family, printed: tuple[str, ...]) -> bool:
    return (
        any(holds(printed, each) for each in family.named)
        and all(any(holds(printed, each) for each in group) for group in family.with_)
        and not any(holds(printed, each) for each in family.without)
    )
