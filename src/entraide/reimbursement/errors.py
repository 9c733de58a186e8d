"""What is refused, always with its place and the reason."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class DataFault:
    """One thing to put right in a data file: the file, the key in it, what stands there, what should."""

    file: str
    key: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: found {self.found}, expected {self.expected}"


class DataError(Exception):
    """Every fault of the files that were read together, one line each."""

    def __init__(self, faults: Iterable[DataFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True, slots=True, order=True)
class CareFault:
    """One thing wrong with a line of care: the field, what it holds, what was expected."""

    place: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.place}: found {self.found}, expected {self.expected}"


class CareError(Exception):
    """A line that cannot be priced; nothing of it is counted or paid."""

    def __init__(self, line: str, faults: Iterable[CareFault]) -> None:
        self.line = line
        self.faults = tuple(faults)
        super().__init__("\n".join(f"line {line}: {fault}" for fault in self.faults))


class ParameterGap(Exception):
    """No value is known for this key on this day: the engine never guesses one."""

    def __init__(self, key: str, on: object) -> None:
        self.key = key
        super().__init__(f"{key}: found no value on {on}, expected one in reimbursement/parameters")
