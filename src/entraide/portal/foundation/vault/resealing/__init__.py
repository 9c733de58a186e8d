"""A new key for everything that is sealed, while the portal runs (A64)."""
