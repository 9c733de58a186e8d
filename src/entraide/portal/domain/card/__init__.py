"""The third-party payment card: whose, with which code, valid until when; sent, replaced, checked."""
