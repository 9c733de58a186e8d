"""The promise of the ledger under faults: what was answered is stored once, whole, and acknowledged once.

`python -m tests.ledger` plays it on a PostgreSQL of its own; `--seconds` says for how long. Not to be mixed
up with `tests/faults`, where the program itself is made wrong: here the program is right, and what it
stands on falls.
"""
