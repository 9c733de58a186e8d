"""Browsers that asked to be told when an answer waits."""
