"""The rules that a step may name (rules.toml): where each comes from, and what it says."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from entraide.reimbursement.errors import DataError, DataFault
from entraide.reimbursement.money import Words
from entraide.reimbursement.strict import Table, read_toml


class Rule(NamedTuple):
    """A rule of the law or of the contract; `source` is empty when the figure brings its own."""

    source: str
    words: Words


def read_rules(path: Path) -> Mapping[str, Rule]:
    """The rules of a file; `DataError` with every fault."""
    faults: list[DataFault] = []
    rules = {}
    for name, value in read_toml(path).items():
        table = Table(path.name, name, value, faults)
        rules[name] = Rule(table.text("source", default=""), Words(table.text("fr"), table.text("en")))
        table.close()
    if faults:
        raise DataError(faults)
    return rules


RULES = read_rules(Path(__file__).with_name("rules.toml"))
