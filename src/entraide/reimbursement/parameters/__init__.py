"""Public amounts and rates, dated; corrections are new rows or new files, never code."""
