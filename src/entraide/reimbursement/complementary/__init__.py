"""The share of the mutual's contracts: guarantees, their limits, the responsible contract, the order."""
