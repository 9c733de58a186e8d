"""How much fits, by the rulebook of SEPA transfers."""

IDENTIFIER = 35
NAME = 70
REMITTANCE = 140
HIGHEST_AMOUNT = 99_999_999_999
"""Cents: 999,999,999.99 euros."""
