"""Whom a person lets read their own care, and whom they ask to help with their file (B-08)."""
