"""Stronger factors: authenticator apps, passkeys, and the recovery codes for the day when they are lost.

Everything here takes an `account` and knows nothing of its owner: members and agents share it.
"""
