"""Small pieces of the import: sealed identifiers in bulk, the bar on a terminal."""

import io
import os
import pty
import uuid

from django.conf import settings

from entraide.portal.gateways.core_system.ids import remembered_ids, sealed_ids
from entraide.portal.gateways.core_system.progress import Progress, bar_on
from entraide.portal.gateways.core_system.report import shown


def test_bulk_identifiers_are_those_of_the_key_ring() -> None:
    keys = settings.ENTRAIDE.keys
    references = [f"L-{number}" for number in range(300)]

    expected = [keys.sealed_id("line", reference) for reference in references]

    assert [uuid.UUID(text) for text in sealed_ids(keys, "line", references)] == expected
    assert [uuid.UUID(text) for text in remembered_ids(keys, "line", references)] == expected


def test_a_log_or_a_pipe_gets_no_bar() -> None:
    assert bar_on(io.StringIO()) is None


def test_a_terminal_gets_one_line_with_share_and_speed() -> None:
    reading, writing = pty.openpty()
    with os.fdopen(writing, "w") as terminal:
        bar = bar_on(terminal)
        assert bar is not None
        bar(Progress("payments.csv", "reading", 500, 1000, 12_345))
        bar(Progress("payments.csv", "storing", 1000, 1000, 24_690))
        bar(Progress("payments.csv", "done", 0, 0, 24_690))
        drawn = os.read(reading, 4096).decode()
        # A terminal hands over what it has, not all at once.
        while drawn.count("\r\x1b[K") < 3:
            drawn += os.read(reading, 4096).decode()
    os.close(reading)

    assert " 50% 12345 rows, " in drawn
    assert "storing 24690 rows" in drawn
    assert "\n" not in drawn
    assert drawn.endswith("\r\x1b[K")


def test_a_long_value_is_cut_and_control_characters_are_replaced() -> None:
    assert shown("a\x1b[31m\nb") == '"a�[31m�b"'
    assert len(shown("x" * 5000)) < 70
