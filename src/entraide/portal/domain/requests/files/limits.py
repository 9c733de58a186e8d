"""What a sane paper does not exceed."""

MAX_PIXELS = 40_000_000
MAX_PAGES = 500
# Decoded of one file: about a hundred scanned pages. Those after them are only measured: time has an end.
MAX_DECODED_PIXELS = 1_000_000_000
