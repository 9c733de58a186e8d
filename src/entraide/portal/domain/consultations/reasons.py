"""Why an agent read something: kept as what it is, told in the language of whoever reads it (A69)."""

import json
from collections.abc import Callable

Words = Callable[..., str]
# Not printable: no words of an agent begin with it.
_MARK = "\x01"
_WORDS: dict[str, Words] = {}


def reason_kind(code: str) -> Callable[[Words], Words]:
    """Declares how one kind of reason is told; its module is named in `config/wiring.py`."""

    def register(words: Words) -> Words:
        _WORDS[code] = words
        return words

    return register


def kept_reason(code: str, **told: str) -> str:
    """As the journal keeps a reason of this kind; `told` is what its words need."""
    return _MARK + json.dumps([code, told], ensure_ascii=False)


def own_words(typed: str) -> str:
    """What an agent wrote, on one line and without what cannot be printed: it is kept as it is."""
    return "".join(one for one in " ".join(typed.split()) if one.isprintable())


def reason_in_words(kept: str) -> str:
    """As its reader understands it. The agent's own words are in the language they were written in."""
    if not kept.startswith(_MARK):
        return kept
    code, told = json.loads(kept.removeprefix(_MARK))
    return _WORDS[code](**told)
