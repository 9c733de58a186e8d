"""Cells of CSV files that people open in a spreadsheet."""

_RUN = ("=", "+", "-", "@", "\t", "\r", "\0")


def safe_cell(value: str) -> str:
    """The text, after a quote where a spreadsheet would take it for a formula (A51)."""
    return f"'{value}" if value.startswith(_RUN) else value
